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
public sealed partial class EditorPage
{
    private async Task Do(string command)
    {
        var document = work!.Document;
        switch (command)
        {
            case CanvasCommands.Undo: await Edit(document.Undo()); break;
            case CanvasCommands.Redo: await Edit(document.Redo()); break;
            case CanvasCommands.Add: wish = StepWish.Anywhere; StateHasChanged(); break;
            case CanvasCommands.Disable: await Edit(document.ToggleDisabled(document.Selection)); break;
            case CanvasCommands.Pin: await Edit(work.TogglePins(document.Selection)); break;
            case CanvasCommands.Duplicate: await Edit(document.Duplicate()); break;
            case CanvasCommands.Tidy: await Edit(document.TidyUp()); break;
            case CanvasCommands.Copy: Copy(); break;
            case CanvasCommands.Cut when Copy(): await Edit(document.DeleteSelection()); break;
            case CanvasCommands.Paste when Desk.Clipboard is { } copied: await Edit(document.Paste(copied)); break;
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
        if (work!.Document.Copy() is not { } copied) return false;
        Desk.Clipboard = copied;
        return true;
    }

    private async Task AskToRun()
    {
        await work!.Typed.ReportAsync();
        var document = work.Document;
        var parameters = new DialogParameters
        {
            [nameof(RunDialog.Version)] = work.Workflow!.Version,
            [nameof(RunDialog.CanPublish)] = work.WhyNotPublish is null,
            [nameof(RunDialog.Changes)] = document.Changes,
            [nameof(RunDialog.Payload)] = Payload,
            [nameof(RunDialog.FromLastRun)] = work.Sample is not null,
        };
        var choice = await Dialogs.OpenAsync<RunDialog>("Run the workflow", DialogShape.Form, parameters);
        if (choice is not RunDialog.RunChoice chosen) return;
        if (chosen.Test)
        {
            await Test(new DraftTest(chosen.Payload) { Pinned = work.Pinned });
            return;
        }
        if (chosen.Publish)
        {
            var published = await work.PublishAsync();
            if (!published.Ok)
            {
                Toasts.Failed(published.Problem.Message);
                return;
            }
        }
        await Start(chosen.Payload);
    }

    private async Task Start(JsonElement payload) => await Look(await work!.StartAsync(payload));

    private async Task Test(DraftTest test) => await Look(await work!.TestAsync(test));

    // up to the step, with the data of the last run and with the outputs that were pinned
    private Task TestUpTo(string step) => tests.RunAsync(() => Test(new DraftTest(Payload, step) { Pinned = work!.Pinned }));

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
        if (!live.IsTest || work!.Document.SelectedStep is null) // a test is made to see what the chosen step comes to
        {
            await canvas!.SelectAsync();
            work!.Document.Select([]);
        }
        _ = Follow(live);
    }

    private async Task Follow(LiveRun run)
    {
        try
        {
            var isOver = await run.FollowAsync(async statuses =>
            {
                if (canvas is not null) await canvas.SetStatusesAsync(statuses, replace: true);
                StateHasChanged();
            });
            if (!isOver) return;
            await work!.RefreshSampleAsync(run.IsTest ? run.RunId : null);
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
        if (canvas is not null && drawn) _ = canvas.SetStatusesAsync([], replace: true).AsTask();
    }
}
