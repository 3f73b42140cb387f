using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Runs;

/// <summary>
/// What people may ask of an unfinished run. It is done soon after, and stands in the run's log with the name of who asked. A request with
/// an Idempotency-Key brings its answer, which is stored in the transaction that stores what is asked.
/// </summary>
public sealed class ControlRun(RunService runs, RunAccess access, RunViews views)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ControlRuns;

    /// <summary>The longest name of a signal, in characters.</summary>
    public const int MaxSignal = 200;

    /// <summary>Ends it.</summary>
    public Task<Result<RunStatus>> CancelAsync(
        Caller caller, Guid runId, KeptAnswer? answer = null, CancellationToken cancellationToken = default) =>
        AskAsync(caller, runId, RunRequestKind.Cancel, null, answer, cancellationToken);

    /// <summary>Lets nothing begin until it is resumed. What is under way is still recorded.</summary>
    public Task<Result<RunStatus>> PauseAsync(
        Caller caller, Guid runId, KeptAnswer? answer = null, CancellationToken cancellationToken = default) =>
        AskAsync(caller, runId, RunRequestKind.Pause, null, answer, cancellationToken);

    /// <summary>Lets it go on, whoever paused it.</summary>
    public Task<Result<RunStatus>> ResumeAsync(
        Caller caller, Guid runId, KeptAnswer? answer = null, CancellationToken cancellationToken = default) =>
        AskAsync(caller, runId, RunRequestKind.Resume, null, answer, cancellationToken);

    /// <summary>Wakes a step as if its time had come; null wakes every step that waits for a time. Refused when nothing does.</summary>
    public Task<Result<RunStatus>> WakeAsync(
        Caller caller, Guid runId, string? stepId, KeptAnswer? answer = null, CancellationToken cancellationToken = default) =>
        AskAsync(caller, runId, RunRequestKind.WakeNow, stepId, answer, cancellationToken);

    /// <summary>
    /// Wakes the steps of this run that wait for a signal of this name. It stays in the log only where somebody heard it.
    /// </summary>
    public async Task<Result<RunStatus>> SignalAsync(
        Caller caller, Guid runId, string name, JsonElement data, KeptAnswer? answer = null, CancellationToken cancellationToken = default)
    {
        var found = await access.FindAsync(caller, runId, Needs, cancellationToken: cancellationToken);
        if (!found.Ok) return found.Problem;
        var (run, tenant) = (found.Value.Row, found.Value.Tenant);
        if (WhyNot(RunRequestKind.Signal, run.Status) is { } unfit) return unfit;
        return Came(RunRequestKind.Signal, await runs.SignalAsync(tenant, runId, name, data, caller.Name, answer, cancellationToken));
    }

    private async Task<Result<RunStatus>> AskAsync(
        Caller caller, Guid runId, RunRequestKind kind, string? stepId, KeptAnswer? answer, CancellationToken cancellationToken)
    {
        var found = await access.FindAsync(caller, runId, Needs, cancellationToken: cancellationToken);
        if (!found.Ok) return found.Problem;
        var (run, tenant) = (found.Value.Row, found.Value.Tenant);
        if (WhyNot(kind, run.Status) is { } unfit) return unfit;
        if (kind == RunRequestKind.WakeNow && await WhyNoWakeAsync(run, tenant, stepId, cancellationToken) is { } asleep) return asleep;
        return Came(kind, await runs.RequestAsync(tenant, runId, kind, stepId, caller.Name, answer, cancellationToken));
    }

    // the run may have gone on between the two: the status it had when the request was stored counts
    private static Result<RunStatus> Came(RunRequestKind kind, RunStatus? before) =>
        before is not { } status
            ? new OperationProblem.NotFound("run")
            : IsOver(status) && WhyNot(kind, status) is { } late ? late : status;

    // only the journal knows who waits for a time: a step that is tried again later does, too
    private async Task<OperationProblem.Conflict?> WhyNoWakeAsync(
        RunRow run, Tenant tenant, string? stepId, CancellationToken cancellationToken)
    {
        try
        {
            if (await views.ReadNewestAsync(tenant, run.Id, cancellationToken) is { } view && view.MayWake(stepId)) return null;
            var why = stepId is null
                ? "Nothing in this run waits for a time, so there is nothing to wake."
                : $"The step “{stepId}” does not wait for a time in this run, so there is nothing to wake.";
            return new("nothing_to_wake", why) { Run = run.Status };
        }
        catch (UnreadableRunException e)
        {
            return new(WatchRun.Unreadable, e.Message) { Run = run.Status };
        }
    }

    private static OperationProblem.Conflict? WhyNot(RunRequestKind kind, RunStatus status) => (kind, status) switch
    {
        (_, var over) when IsOver(over) => new("run_over", "The run is already over.") { Run = status },
        (RunRequestKind.Pause, RunStatus.Paused) => new("run_paused", "The run is already paused.") { Run = status },
        (RunRequestKind.Resume, not RunStatus.Paused) =>
            new("run_not_paused", "The run is not paused, so there is nothing to resume.") { Run = status },
        _ => null,
    };

    private static bool IsOver(RunStatus status) => status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;
}
