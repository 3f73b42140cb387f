using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Operations.Runs;

/// <summary>What people may ask of an unfinished run. It is done soon after, and stands in the run's log with the name of who asked.</summary>
public sealed class ControlRun(RunService runs)
{
    /// <summary>Ends it.</summary>
    public Task<Result<RunStatus>> CancelAsync(Caller caller, Guid runId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.Cancel, null, cancellationToken);

    /// <summary>Wakes a step as if its time had come; null wakes every step that waits for a time.</summary>
    public Task<Result<RunStatus>> WakeAsync(Caller caller, Guid runId, string? stepId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.WakeNow, stepId, cancellationToken);

    /// <summary>Lets it go on after a pause, or tries again to work on it.</summary>
    public Task<Result<RunStatus>> ResumeAsync(Caller caller, Guid runId, CancellationToken cancellationToken) =>
        AskAsync(caller, runId, RunRequestKind.Resume, null, cancellationToken);

    private async Task<Result<RunStatus>> AskAsync(Caller caller, Guid runId, RunRequestKind kind, string? stepId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.RunWorkflows) is { } refusal) return refusal;
        var status = await runs.RequestAsync(caller.Tenant, runId, kind, stepId, caller.Name, cancellationToken);
        return status switch
        {
            null => new OperationProblem.NotFound("run"),
            RunStatus.Done or RunStatus.Failed or RunStatus.Canceled => new OperationProblem.Conflict("run_over", "The run is already over."),
            { } before => before,
        };
    }
}
