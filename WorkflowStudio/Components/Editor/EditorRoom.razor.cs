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

/// <summary>
/// The editor of a workflow that is open: hands what people do to the document, what the document answers to the canvas, and keeps the
/// draft saved. Closes the work when it goes.
/// </summary>
public sealed partial class EditorRoom : IAsyncDisposable
{
    private readonly OneClick tests = new();
    private CanvasIsland canvas = null!; // there from the first drawing on
    private StepInspector? inspector;
    private EditorTopBar? topBar;
    private StepWish? wish;
    private LiveRun? live;
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

    /// <summary>The work, open; the same from first to last.</summary>
    [Parameter, EditorRequired]
    public EditorSession Work { get; set; } = null!;

    internal EditorDocument Document => Work.Document;

    private WorkflowNode? Node => Document.SelectedStep is { } id ? Document.Definition.Node(id) : null;

    private string Address => $"{Navigation.BaseUri}api/v1/webhooks/{ShownId.Workflow(Work.Id)}";

    private JsonElement Payload => Work.Sample?.Payload ?? SamplePayload.Of(Document.Definition.Trigger);

    public async ValueTask DisposeAsync()
    {
        Theme.Changed -= Repaint;
        Work.Changed -= Repaint;
        live?.Dispose();
        try
        {
            // not when the window is closed or loaded again: the same address then has to be there
            var left = !Navigation.Uri.Contains(ShownId.Workflow(Work.Id), StringComparison.Ordinal);
            if (left && JustMade.Id == Work.Id) await Work.DiscardUntouchedAsync();
            await Work.DisposeAsync();
        }
        finally
        {
            if (kept is not null) await kept.DisposeAsync(); // the browser stops listening, and keeps what is not covered
        }
    }

    protected override void OnInitialized()
    {
        Theme.Changed += Repaint;
        Work.Changed += Repaint;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        rendered?.TrySetResult();
        if (!firstRender) return;
        await canvas.SetGraphAsync(Document.Draw());
        if (Work.MayEdit) await KeepEdits();
    }

    private async Task Redraw()
    {
        await canvas.SetGraphAsync(Document.Draw(), fit: false);
        await canvas.SelectAsync(Document.Selection);
        if (live is not null) await canvas.SetStatusesAsync(live.Statuses, replace: true);
    }

    private void Repaint() => _ = InvokeAsync(StateHasChanged);

    // the answer of every action: drawn, saved soon, or a sentence why not
    internal async Task Edit(EditOutcome outcome)
    {
        if (outcome.Refusal is { } why) Toasts.Say(why);
        if (outcome.Patch is null) return;
        if (outcome.Patch.Select is not null) sheetOpen = Document.SelectedStep is not null;
        StateHasChanged(); // before the browser is waited for, so that no field is drawn with its old value in between
        await canvas.ApplyPatchAsync(outcome.Patch);
        _ = SaveSoon();
    }

    private async Task SaveSoon()
    {
        try
        {
            await Work.TouchAsync();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e); // nobody waits for this task
        }
    }

    private Task Moved(IReadOnlyList<CanvasMove> moves)
    {
        _ = Document.Move(moves); // the canvas shows them there already
        return SaveSoon();
    }

    private Task Connect(CanvasConnection made) => Edit(Document.Connect(made.Source, made.SourcePort, made.Target));

    private Task Dropped(CanvasDrop drop) =>
        Edit(drop.OnLinkId is { } link ? Document.Splice(drop.Type, link, drop.X, drop.Y) : Document.Add(drop.Type, drop.X, drop.Y));

    private void Selected(CanvasSelection selection)
    {
        Document.Select([.. selection.NodeIds, .. selection.LinkIds]);
        sheetOpen = false; // on a narrow window a step is opened with Enter or a double click
    }

    private async Task Chosen(StepChoice choice)
    {
        if (wish is not { } wanted) return;
        wish = null;
        if (wanted is { Kind: StepWishKind.After, Source: { } step }) Document.Select([step]);
        await EditAndShow(wanted.Fulfil(Document, choice.Type));
    }

    private Task Append(StepChoice choice) => EditAndShow(Document.Append(choice.Type));

    // a step that was not put somewhere by hand may be out of sight
    private async Task EditAndShow(EditOutcome outcome)
    {
        await Edit(outcome);
        if (outcome.Patch is not null && Document.SelectedStep is { } id) await canvas.FocusStepAsync(id);
    }

    private Task Found(string id)
    {
        finding = false;
        return OpenStep(id);
    }

    private async Task OpenStep(string id)
    {
        Document.Select([id]);
        sheetOpen = true;
        await canvas.SelectAsync(id);
        await canvas.FocusStepAsync(id);
    }

    private async Task Deselect()
    {
        if (sheetOpen) sheetOpen = false;
        Document.Select([]);
        await canvas.SelectAsync();
    }

    private async Task Publish()
    {
        var published = await Work.PublishAsync();
        var runs = StudioUrls.RunsOf(Work.Id); // the note may outlive the page: by then another workflow may be open in it
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
        if (await Work.RenameAsync(name) is { } refused)
        {
            Toasts.Failed(refused.Message);
            return false;
        }
        StateHasChanged();
        return true;
    }

    private async Task Reload()
    {
        if (await Work.OpenAsync() is { } refused) Toasts.Failed(refused.Message); // what is here stays until theirs can be read
        else await Redraw();
    }

    private async Task KeepAsCopy()
    {
        var copy = await Work.KeepAsCopyAsync();
        if (copy.Ok) Navigation.NavigateTo(StudioUrls.Editor(copy.Value));
        else Toasts.Failed(copy.Problem.Message);
    }
}
