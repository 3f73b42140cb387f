using System.Text.Json;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>What people may ask of an unfinished run. It is done soon after, and stands in the run's log with the name of who asked.</summary>
public sealed class ControlRun(RunService runs, RunHistory history)
{
    /// <summary>The longest name of a signal, in characters.</summary>
    public const int MaxSignal = 200;

    /// <summary>Ends it.</summary>
    public Task<Result<RunStatus>> CancelAsync(Caller caller, Guid runId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.Cancel, null, cancellationToken);

    /// <summary>Lets nothing begin until it is resumed. What is under way is still recorded.</summary>
    public Task<Result<RunStatus>> PauseAsync(Caller caller, Guid runId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.Pause, null, cancellationToken);

    /// <summary>Lets it go on, whoever paused it.</summary>
    public Task<Result<RunStatus>> ResumeAsync(Caller caller, Guid runId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.Resume, null, cancellationToken);

    /// <summary>Wakes a step as if its time had come; null wakes every step that waits for a time.</summary>
    public Task<Result<RunStatus>> WakeAsync(Caller caller, Guid runId, string? stepId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.WakeNow, stepId, cancellationToken);

    /// <summary>Wakes the steps of this run that wait for a signal of this name. It stays in the log only where somebody heard it.</summary>
    public async Task<Result<RunStatus>> SignalAsync(Caller caller, Guid runId, string name, JsonElement data, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.RunWorkflows) is { } refusal) return refusal;
        if (await history.FindAsync(caller, runId, cancellationToken) is not { } run) return new OperationProblem.NotFound("run");
        if (WhyNot(RunRequestKind.Signal, run.Status) is { } unfit) return unfit;
        return await runs.SignalAsync(run.Tenant(), runId, name, data, caller.Name, cancellationToken) ?? Gone();
    }

    private async Task<Result<RunStatus>> AskAsync(Caller caller, Guid runId, RunRequestKind kind, string? stepId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.RunWorkflows) is { } refusal) return refusal;
        if (await history.FindAsync(caller, runId, cancellationToken) is not { } run) return new OperationProblem.NotFound("run");
        if (WhyNot(kind, run.Status) is { } unfit) return unfit;
        // the run may have gone on between the two: the status it had when the request was stored counts
        return await runs.RequestAsync(run.Tenant(), runId, kind, stepId, caller.Name, cancellationToken) is not { } before ? Gone()
            : IsOver(before) && WhyNot(kind, before) is { } late ? late : before;
    }

    private static OperationProblem.Conflict? WhyNot(RunRequestKind kind, RunStatus status) => (kind, status) switch
    {
        (_, var over) when IsOver(over) => new("run_over", "The run is already over.") { Run = status },
        (RunRequestKind.Pause, RunStatus.Paused) => new("run_paused", "The run is already paused.") { Run = status },
        (RunRequestKind.Resume, not RunStatus.Paused) => new("run_not_paused", "The run is not paused, so there is nothing to resume.") { Run = status },
        _ => null,
    };

    private static Result<RunStatus> Gone() => new OperationProblem.NotFound("run");

    private static bool IsOver(RunStatus status) => status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;
}
