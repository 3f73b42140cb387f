using System.Text.Json;
using MudBlazor;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Editor;

/// <summary>The keys and buttons of the editor, and runs that are started from it.</summary>
public sealed partial class EditorRoom
{
    private async Task Do(string command)
    {
        switch (command)
        {
            case CanvasCommands.Undo: await Edit(Document.Undo()); break;
            case CanvasCommands.Redo: await Edit(Document.Redo()); break;
            case CanvasCommands.Add: wish = StepWish.Anywhere; StateHasChanged(); break;
            case CanvasCommands.Disable: await Edit(Document.ToggleDisabled(Document.Selection)); break;
            case CanvasCommands.Pin: await Edit(Work.TogglePins(Document.Selection)); break;
            case CanvasCommands.Duplicate: await Edit(Document.Duplicate()); break;
            case CanvasCommands.Tidy: await Edit(Document.TidyUp()); break;
            case CanvasCommands.Copy: Copy(); break;
            case CanvasCommands.Cut when Copy(): await Edit(Document.DeleteSelection()); break;
            case CanvasCommands.Paste when Desk.Clipboard is { } copied: await Edit(Document.Paste(copied)); break;
            case CanvasCommands.Save: await Save(); break;
            case CanvasCommands.Run: await AskToRun(); break;
            case CanvasCommands.Find: finding = true; StateHasChanged(); break;
            case CanvasCommands.Open: await OpenSettings(); break;
            case CanvasCommands.Rename: sheetOpen = true; StateHasChanged(); inspector?.StartRenaming(); break;
            case CanvasCommands.Keys: await Dialogs.OpenAsync<KeyMap>("Keys", DialogShape.Wide); break;
        }
    }

    // whoever opens the settings wants to write in them
    private async Task OpenSettings()
    {
        sheetOpen = true;
        await RenderAsync();
        await Browser.FocusFirstFieldAsync("editor-side");
    }

    private bool Copy()
    {
        if (Document.Copy() is not { } copied) return false;
        Desk.Clipboard = copied;
        return true;
    }

    private async Task AskToRun()
    {
        await Work.Typed.ReportAsync();
        var parameters = new DialogParameters
        {
            [nameof(RunDialog.Version)] = Work.Workflow.Version,
            [nameof(RunDialog.CanPublish)] = Work.WhyNotPublish is null,
            [nameof(RunDialog.Changes)] = Document.Changes,
            [nameof(RunDialog.Payload)] = Payload,
            [nameof(RunDialog.FromLastRun)] = Work.Sample is not null,
        };
        var choice = await Dialogs.OpenAsync<RunDialog>("Run the workflow", DialogShape.Form, parameters);
        if (choice is not RunDialog.RunChoice chosen) return;
        if (chosen.Test)
        {
            await Test(new DraftTest(chosen.Payload) { Pinned = Work.Pinned });
            return;
        }
        if (chosen.Publish)
        {
            var published = await Work.PublishAsync();
            if (!published.Ok)
            {
                Toasts.Failed(published.Problem.Message);
                return;
            }
        }
        await Start(chosen.Payload);
    }

    private async Task Start(JsonElement payload) => await Look(await Work.StartAsync(payload));

    private async Task Test(DraftTest test) => await Look(await Work.TestAsync(test));

    // up to the step, with the data of the last run and with the outputs that were pinned
    private Task TestUpTo(string step) => tests.RunAsync(() => Test(new DraftTest(Payload, step) { Pinned = Work.Pinned }));

    private async Task Look(Result<Guid> started)
    {
        if (!started.Ok)
        {
            Toasts.Failed(started.Problem.Message);
            return;
        }
        StopLooking();
        var watched = await StoreAway.TryAsync(() => Watch.OpenAsync(Session.Caller, started.Value, CancellationToken.None));
        if (!watched.Ok) return; // whoever may run but not see runs has been told that it started by the list
        live = Desk.Watch(watched.Value, Session.Format);
        if (!live.IsTest || Document.SelectedStep is null) // a test is made to see what the chosen step comes to
        {
            await canvas.SelectAsync();
            Document.Select([]);
        }
        _ = Follow(live);
    }

    private async Task Follow(LiveRun run)
    {
        try
        {
            var isOver = await run.FollowAsync(async statuses =>
            {
                await canvas.SetStatusesAsync(statuses, replace: true);
                StateHasChanged();
            });
            if (!isOver) return;
            await Work.RefreshSampleAsync(run.IsTest ? run.RunId : null);
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // the page was closed
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void StopLooking()
    {
        live?.Dispose();
        live = null;
        _ = canvas.SetStatusesAsync([], replace: true).AsTask();
    }
}
