using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector;
using WorkflowStudio.Components.Editor.Palette;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Editor;

/// <summary>The editor: hands what people do to the document, what the document answers to the canvas, and keeps the draft saved.</summary>
public sealed partial class EditorPage : IAsyncDisposable
{
    private readonly OneClick tests = new();
    private EditorSession? work;
    private CanvasIsland? canvas;
    private StepInspector? inspector;
    private EditorTopBar? topBar;
    private StepWish? wish;
    private LiveRun? live;
    private string? problem;
    private bool drawn;
    private bool listOpen;
    private bool sheetOpen;
    private bool finding;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private EditorDesk Desk { get; set; } = null!;

    [Inject]
    private JustMade JustMade { get; set; } = null!;

    [Inject]
    private WatchRun Watch { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    [Inject]
    private StudioTheme Theme { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    private WorkflowNode? Node => work?.Document.SelectedStep is { } id ? work.Document.Definition.Node(id) : null;

    private string Address => $"{Navigation.BaseUri}api/v1/webhooks/{ShownId.Workflow(work!.Id)}";

    private JsonElement Payload => work?.Sample?.Payload ?? SamplePayload.Of(work?.Document.Definition.Trigger ?? WorkflowDefinition.Empty.Trigger);

    public async ValueTask DisposeAsync()
    {
        Theme.Changed -= Repaint;
        live?.Dispose();
        if (work is null) return;
        work.Changed -= Repaint;
        try
        {
            // not when the window is closed or loaded again: the same address then has to be there
            if (JustMade.Id == work.Id && !Navigation.Uri.Contains(ShownId.Workflow(work.Id), StringComparison.Ordinal)) await work.DiscardUntouchedAsync();
            await work.DisposeAsync();
        }
        finally
        {
            if (kept is not null) await kept.DisposeAsync(); // the browser stops listening, and keeps what is not covered
        }
    }

    protected override void OnInitialized() => Theme.Changed += Repaint;

    protected override async Task OnParametersSetAsync()
    {
        if (!ShownId.TryRead(Id, out var id)) problem = "There is no workflow with this address.";
        else if (work?.Id != id) await OpenWorkflow(id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        rendered?.TrySetResult();
        if (drawn || canvas is null || work?.Workflow is null) return;
        drawn = true;
        await canvas.SetGraphAsync(work.Document.Draw());
        if (work.MayEdit) await KeepEdits();
    }

    private async Task OpenWorkflow(Guid id)
    {
        if (work is not null)
        {
            work.Changed -= Repaint;
            await work.DisposeAsync();
        }
        StopLooking();
        var opening = Desk.Open(Session.Caller, id);
        opening.Changed += Repaint;
        problem = (await opening.OpenAsync())?.Message;
        (work, drawn, wish) = (opening, false, null);
    }

    private async Task Redraw()
    {
        if (!drawn) return;
        await canvas!.SetGraphAsync(work!.Document.Draw(), fit: false);
        await canvas.SelectAsync(work.Document.Selection);
        if (live is not null) await canvas.SetStatusesAsync(live.Statuses, replace: true);
    }

    private void Repaint() => _ = InvokeAsync(StateHasChanged);

    // the answer of every action: drawn, saved soon, or a sentence why not
    private async Task Edit(EditOutcome outcome)
    {
        if (outcome.Refusal is { } why) Toasts.Say(why);
        if (outcome.Patch is null) return;
        if (outcome.Patch.Select is not null) sheetOpen = work!.Document.SelectedStep is not null;
        StateHasChanged(); // before the browser is waited for, so that no field is drawn with its old value in between
        await canvas!.ApplyPatchAsync(outcome.Patch);
        _ = SaveSoon();
    }

    private async Task SaveSoon()
    {
        try
        {
            await work!.TouchAsync();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e); // nobody waits for this task
        }
    }

    private Task Moved(IReadOnlyList<CanvasMove> moves)
    {
        _ = work!.Document.Move(moves); // the canvas shows them there already
        return SaveSoon();
    }

    private Task Dropped(CanvasDrop drop) =>
        Edit(drop.OnLinkId is { } link ? work!.Document.Splice(drop.Type, link, drop.X, drop.Y) : work!.Document.Add(drop.Type, drop.X, drop.Y));

    private void Selected(CanvasSelection selection)
    {
        work!.Document.Select([.. selection.NodeIds, .. selection.LinkIds]);
        sheetOpen = false; // on a narrow window a step is opened with Enter or a double click
    }

    private void Open(StepWish wanted) => wish = wanted;

    private void PickAfter(string id) => wish = StepWish.After(id);

    private async Task Chosen(StepChoice choice)
    {
        var wanted = wish!;
        wish = null;
        if (wanted.Kind == StepWishKind.After) work!.Document.Select([wanted.Source!]);
        await EditAndShow(wanted.Fulfil(work!.Document, choice.Type));
    }

    private Task Append(StepChoice choice) => EditAndShow(work!.Document.Append(choice.Type));

    // a step that was not put somewhere by hand may be out of sight
    private async Task EditAndShow(EditOutcome outcome)
    {
        await Edit(outcome);
        if (outcome.Patch is not null && work!.Document.SelectedStep is { } id) await canvas!.FocusStepAsync(id);
    }

    private Task Found(string id)
    {
        finding = false;
        return OpenStep(id);
    }

    private async Task OpenStep(string id)
    {
        work!.Document.Select([id]);
        sheetOpen = true;
        await canvas!.SelectAsync(id);
        await canvas.FocusStepAsync(id);
    }

    private async Task Deselect()
    {
        if (sheetOpen) sheetOpen = false;
        work!.Document.Select([]);
        await canvas!.SelectAsync();
    }

    private async Task Save() => await work!.SaveAsync();

    private async Task Publish()
    {
        var published = await work!.PublishAsync();
        var runs = StudioUrls.RunsOf(work.Id); // the note may outlive the page: by then another workflow may be open in it
        if (published.Ok) Toasts.Done($"Published as v{published.Value}", ("See its runs", () => GoAsync(runs)));
        else Toasts.Failed(published.Problem.Message);
    }

    private Task GoAsync(string address)
    {
        Navigation.NavigateTo(address);
        return Task.CompletedTask;
    }

    private async Task<bool> RenameWorkflow(string name)
    {
        if (await work!.RenameAsync(name) is { } refused)
        {
            Toasts.Failed(refused.Message);
            return false;
        }
        StateHasChanged();
        return true;
    }

    private async Task Reload()
    {
        problem = (await work!.OpenAsync())?.Message;
        if (problem is null) await Redraw();
    }

    private async Task KeepAsCopy()
    {
        var copy = await work!.KeepAsCopyAsync();
        if (copy.Ok) Navigation.NavigateTo(StudioUrls.Editor(copy.Value));
        else Toasts.Failed(copy.Problem.Message);
    }
}
