using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>What is asked of the run that is shown.</summary>
public sealed partial class RunPage
{
    private Task Pause() => Ask(Control.PauseAsync(Session.Caller, run!.Id, null, closing.Token));

    private Task Resume() => Resume(run!.Id);

    // also of a run that cannot be read, and so is not shown
    private async Task Resume(Guid id)
    {
        await Ask(Control.ResumeAsync(Session.Caller, id, null, closing.Token));
        if (unreadable is not null) refused ??= "It is tried again. Load the page again to see what came of it.";
    }

    private async Task Wake(string? step)
    {
        if (RunWords.LostByWaking(run!, step) is { } lost
            && !await Confirm.AskAsync(Dialogs, "Stop waiting and go on now?", $"{lost} This cannot be undone.", "Let it wait", "Wake now")) return;
        await Ask(Control.WakeAsync(Session.Caller, run!.Id, step, null, closing.Token));
    }

    private Task Cancel() => Cancel(run!.Id, run.Subject ?? run.Workflow);

    private async Task Cancel(Guid id, string name)
    {
        if (!await Confirm.AskAsync(Dialogs, $"Cancel the run for “{name}”?", "Steps that have not run yet will not run. What is done stays done. This cannot be undone.", "Keep it running", "Cancel run")) return;
        await Ask(Control.CancelAsync(Session.Caller, id, null, closing.Token));
    }

    private Task Retry() => repeats.RunAsync(() => Open(Repeating.FromFailureAsync(Session.Caller, run!.Id, null, closing.Token)));

    private Task RetryIteration(int index) => repeats.RunAsync(() => Open(Repeating.IterationAsync(Session.Caller, run!.Id, chosen!, index, null, closing.Token)));

    private async Task Again()
    {
        var parameters = new DialogParameters { [nameof(RunAgainDialog.Payload)] = run!.State.Payload, [nameof(RunAgainDialog.Version)] = run.Version };
        var choice = await Dialogs.OpenAsync<RunAgainDialog>("Run again", DialogShape.Form, parameters);
        if (choice is RunAgainDialog.AgainChoice chosen)
            await Open(Repeating.AgainAsync(Session.Caller, run.Id, new RunAgain(chosen.Payload, chosen.SameVersion), "manual", null, closing.Token));
    }

    private async Task Ask(Task<Result<RunStatus>> asking) => refused = (await StoreAway.TryAsync(() => asking)).Problem?.Message;

    // the new run is what one wants to see next; it leads back here
    private async Task Open(Task<Result<RepeatedExecution>> repeating)
    {
        var repeated = await StoreAway.TryAsync(() => repeating);
        refused = repeated.Problem?.Message;
        if (repeated.Ok) Navigation.NavigateTo(StudioUrls.Run(repeated.Value.Run.RunId));
    }
}
