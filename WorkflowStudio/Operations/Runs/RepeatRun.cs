using System.Text.Json;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>
/// Repeats runs that are over, as new runs: a final status never changes. A retry takes over what was done and does the rest, on the same
/// version; running again does everything.
/// </summary>
internal sealed class RepeatRun(RunService runs, RunAccess access, ActiveWorkflows workflows)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.RunWorkflows;

    /// <summary>Goes on from where a run failed or was canceled.</summary>
    public Task<Result<RepeatedExecution>> FromFailureAsync(
        Caller caller, Guid runId, Func<RepeatedExecution, KeptAnswer?>? answer = null, CancellationToken cancellationToken = default) =>
        RetryAsync(caller, runId, null, answer, cancellationToken);

    /// <summary>Does one iteration of a for-each again, and what follows the for-each.</summary>
    public Task<Result<RepeatedExecution>> IterationAsync(
        Caller caller, Guid runId, string stepId, int index, Func<RepeatedExecution, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default) =>
        RetryAsync(caller, runId, (stepId, index), answer, cancellationToken);

    /// <summary>
    /// Starts a run with the same or other data, on the active version or on the same one. A workflow that is off is refused.
    /// </summary>
    public async Task<Result<RepeatedExecution>> AgainAsync(
        Caller caller, Guid runId, RunAgain again, string cause, Func<RepeatedExecution, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        var found = await access.FindAsync(caller, runId, Needs, cancellationToken: cancellationToken);
        if (!found.Ok) return found.Problem;
        var run = found.Value.Row;
        if (run.IsTest) return OfATest();
        if (await workflows.FindAsync(caller.Tenant, run.WorkflowId, cancellationToken) is not { } workflow) return Deleted();
        if (StartRun.WhyOff(workflow) is { } off) return off;
        var started = await runs.StartAsync(
            new StartRunRequest
            {
                Tenant = caller.Tenant,
                VersionSerial = again.SameVersion ? run.VersionSerial : workflow.Serial!.Value,
                Payload = again.Payload ?? await PayloadAsync(runId, cancellationToken),
                Cause = cause,
                RetryOf = runId,
                Answer = answer is null ? null : s => answer(new RepeatedExecution(run.WorkflowId, s)),
            },
            cancellationToken);
        return new RepeatedExecution(run.WorkflowId, started);
    }

    private async Task<Result<RepeatedExecution>> RetryAsync(
        Caller caller, Guid runId, (string, int)? iteration, Func<RepeatedExecution, KeptAnswer?>? answer,
        CancellationToken cancellationToken)
    {
        var found = await access.FindAsync(caller, runId, Needs, cancellationToken: cancellationToken);
        if (!found.Ok) return found.Problem;
        var run = found.Value.Row;
        if (run.IsTest) return OfATest();
        // a workflow that is switched off finishes what it began; one that is deleted does not
        if (await workflows.FindAsync(caller.Tenant, run.WorkflowId, cancellationToken) is null) return Deleted();
        var repeated = await runs.RepeatAsync(
            caller.Tenant, runId, iteration, "retry", answer is null ? null : s => answer(new RepeatedExecution(run.WorkflowId, s)),
            cancellationToken);
        return repeated.Refusal is { } refusal ? Why(refusal, run) : new RepeatedExecution(run.WorkflowId, repeated.Started!);
    }

    private async Task<JsonElement> PayloadAsync(Guid runId, CancellationToken cancellationToken) =>
        await access.History.EntriesAsync(runId, 0, 1, cancellationToken) is [{ Event: RunEvent.RunStarted started }]
            ? started.Payload
            : throw new InvalidOperationException($"Running {runId} again: its journal does not begin with its start.");

    private static OperationProblem Why(RepeatRefusal refusal, RunRow run) => refusal switch
    {
        RepeatRefusal.NotOver =>
            new OperationProblem.Conflict("run_not_over", "The run is not over. Cancel it, or wait for its end, then retry it.")
            { Run = run.Status },
        RepeatRefusal.NothingFailed =>
            new OperationProblem.Conflict("nothing_failed", "The run ended well, so there is nothing to retry. Run it again instead.")
            { Run = run.Status },
        RepeatRefusal.NoSuchIteration => new OperationProblem.Conflict("no_such_iteration",
            "The run has no such iteration that is over. Only those of a for-each outside of every other can be retried.")
        { Run = run.Status },
        _ => new OperationProblem.NotFound("run"),
    };

    private static OperationProblem.Conflict OfATest() => new("test_run", "This was a test run. Test the draft again in the editor.");

    private static OperationProblem.Conflict Deleted() =>
        new("workflow_deleted", "The workflow of this run was deleted, so it cannot be repeated.");
}

/// <summary>How a run is run again.</summary>
/// <param name="Payload">Other data; null takes the same.</param>
/// <param name="SameVersion">The version that the run had, instead of the active one.</param>
internal sealed record RunAgain(JsonElement? Payload = null, bool SameVersion = false);

/// <summary>A run that repeats another.</summary>
internal sealed record RepeatedExecution(Guid WorkflowId, StartedRun Run);
