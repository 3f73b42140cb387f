using System.Text.Json;
using MudBlazor;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Editor;

/// <summary>The keys and buttons of the editor, and runs that are started from it.</summary>
public sealed partial class EditorRoom
{
    internal Task Choose(StepWish wanted)
    {
        wish = wanted;
        StateHasChanged();
        return Task.CompletedTask;
    }

    internal Task Find()
    {
        finding = true;
        StateHasChanged();
        return Task.CompletedTask;
    }

    internal Task RenameStep()
    {
        sheetOpen = true;
        StateHasChanged();
        inspector?.StartRenaming();
        return Task.CompletedTask;
    }

    internal Task Copy()
    {
        if (Document.Copy() is { } copied) Desk.Clipboard = copied;
        return Task.CompletedTask;
    }

    internal async Task Cut()
    {
        if (Document.Copy() is not { } copied) return;
        Desk.Clipboard = copied;
        await Edit(Document.DeleteSelection());
    }

    internal Task Paste() => Desk.Clipboard is { } copied ? Edit(Document.Paste(copied)) : Task.CompletedTask;

    internal async Task Save() => await Work.SaveAsync();

    internal Task ShowKeys() => Dialogs.OpenAsync<KeyMap>(EditorCommands.Keys.Words, DialogShape.Wide);

    // whoever opens the settings wants to write in them
    internal async Task OpenSettings()
    {
        sheetOpen = true;
        await RenderAsync();
        await Browser.FocusFirstFieldAsync("editor-side");
    }

    internal async Task AskToRun()
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

    private Task Do(EditorCommand command) => command.Action(this);

    private Task DoNamed(string name) => EditorCommands.All.FirstOrDefault(c => c.Name == name)?.Action(this) ?? Task.CompletedTask;

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
