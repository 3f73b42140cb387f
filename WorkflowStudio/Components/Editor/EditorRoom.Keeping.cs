using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components.Editor;

/// <summary>What the browser keeps of changes that are not saved, and what it offers after a reload.</summary>
public sealed partial class EditorRoom
{
    private KeptEdits? kept;
    private TaskCompletionSource? rendered;
    private IReadOnlyList<KeptEdit> offered = [];
    private IReadOnlyList<KeptEdit> homeless = [];
    private bool asked; // whether what is offered is all that there is to offer

    private async Task KeepEdits()
    {
        var keeping = kept = await Browser.KeepEditsAsync($"{Work.Id:N}:{Session.Caller.UserId:N}", Heard, MovedMeanwhile);
        Work.Covered += number =>
        {
            Desk.Stored.Note(keeping.By, number);
            _ = InvokeAsync(() => keeping.CoverAsync(number));
        };
        offered = UnsavedEdits.StillUnsaved(Document, Desk.Stored, await keeping.OffersAsync());
        if (offered.Count == 0) await keeping.ForgetAsync();
        asked = true;
        StateHasChanged();
    }

    private Task Heard(int number)
    {
        _ = InvokeAsync(async () =>
        {
            try
            {
                await Work.HearAsync(number);
            }
            catch (Exception e)
            {
                await DispatchExceptionAsync(e); // nobody waits for it
            }
        });
        return Task.CompletedTask;
    }

    private Task MovedMeanwhile(IReadOnlyList<KeptEdit> moves) => InvokeAsync(() =>
    {
        _ = Moved(UnsavedEdits.Moves(moves));
        return Redraw(); // what came back with the connection was drawn where it had been before
    });

    // the way a person would: the step is opened and the text typed into its field, so that every kind of field reads it as it always does
    private async Task BringBack()
    {
        if (kept is not { } keeping) return; // nothing was offered
        var (edits, document) = (offered, Document);
        var left = edits.Where(e => e.Move is not { } moved || !UnsavedEdits.Has(document, moved)).ToDictionary(e => e.Place);
        offered = [];
        if (UnsavedEdits.Moves(edits) is { Count: > 0 } moves) await Edit(document.Move(moves));
        foreach (var group in left.Values.Where(e => e.Field is not null).GroupBy(e => (Step: e.Step ?? "", e.Tab)).ToList())
        {
            if (group.Key.Step.Length > 0 && !UnsavedEdits.Has(document, group.Key.Step)) continue;
            document.Select(group.Key.Step.Length == 0 ? [] : [group.Key.Step]);
            await RenderAsync();
            if (group.Key.Step.Length > 0) inspector?.ShowTab(group.Key.Tab);
            if (group.Any(e => e.Field == StepInspector.NameField)) inspector?.StartRenaming();
            if (group.Any(e => e.Field == EditorTopBar.NameField)) topBar?.StartRenaming();
            for (var tries = 0; tries < 3; tries++) // a choice may bring another field
            {
                await RenderAsync();
                foreach (var found in await keeping.RetypeAsync(group.Select(e => e.Place).Where(left.ContainsKey))) left.Remove(found);
            }
        }
        await keeping.ForgetAsync();
        homeless = [.. left.Values.Where(e => e.Text is { Length: > 0 })];
        await canvas.SelectAsync(document.Selection);
    }

    private async Task DropOffer()
    {
        (offered, homeless) = ([], []);
        if (kept is not null) await kept.ForgetAsync();
    }

    private Task RenderAsync()
    {
        rendered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StateHasChanged();
        return rendered.Task;
    }
}
