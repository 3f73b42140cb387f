using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Starts runs of the active version of a workflow. What is answered well is durable.</summary>
internal sealed class StartRun(
    ActiveWorkflows workflows, RunService runs, WorkflowAccess access, IStudioWriter writer, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.RunWorkflows;

    /// <summary>Starts a run by hand or by an API client. A workflow that is off is refused.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="payload">The data, usually an object.</param>
    /// <param name="cause">What starts it: <c>manual</c> or <c>api</c>.</param>
    /// <param name="answer">Makes the answer that is stored with the run, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<Result<StartedRun>> RunAsync(
        Caller caller, Guid workflowId, JsonElement payload, string cause, Func<StartedRun, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default) =>
        GuardedAsync(caller, workflowId, payload, cause, null, answer, cancellationToken);

    /// <summary>The same, unless a guard does not allow it: that is looked at in the transaction that makes the run.</summary>
    public async ValueTask<Result<StartedRun>> GuardedAsync(
        Caller caller, Guid workflowId, JsonElement payload, string cause, StartGuard? guard, Func<StartedRun, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var workflow = await workflows.FindAsync(caller.Tenant, workflowId, cancellationToken);
        // as it is now, whatever is remembered of the workflow; a workspace that hides none costs no query
        var refused = await access.RefuseAsync(caller, workflowId, Needs, "workflow", cancellationToken);
        if (workflow is null) return refused is OperationProblem.Forbidden ? refused : new OperationProblem.NotFound("workflow");
        if (refused is not null) return refused;
        try
        {
            return await StartAsync(workflow, payload, cause, answer, guard, null, cancellationToken);
        }
        catch (StartRefusedException e)
        {
            return e.RetryAfter is { } left
                ? new OperationProblem.Conflict("run_cooldown", "A run of this workflow was started a moment ago. Try again in "
                    + $"{(int)Math.Ceiling(left.TotalSeconds)} seconds.")
                { RetryAfter = left }
                : new OperationProblem.Conflict("run_active", "An unfinished run of this workflow is for the same contact. Wait for its "
                    + "end, or cancel it.");
        }
    }

    /// <summary>
    /// A workflow's webhook was posted to: the address is the permission. Starts a run, unless the trigger's constraints refuse the data:
    /// that goes into the trigger log. A workflow that is off is refused.
    /// </summary>
    public async ValueTask<Result<WebhookOutcome>> ByWebhookAsync(
        Guid workflowId, JsonElement payload, Func<WebhookOutcome, KeptAnswer?>? answer = null, RunAttachment? attachment = null,
        CancellationToken cancellationToken = default)
    {
        var workflow = await workflows.FindAsync(workflowId, cancellationToken);
        if (workflow is not { TakesWebhooks: true }) return new OperationProblem.NotFound("webhook");
        if (WhyOff(workflow) is { } off) return off;
        if (!workflow.Rule.Allows(payload)) return await IgnoreAsync(workflow, payload, answer, cancellationToken);
        var started = await StartAsync(
            workflow, payload, "webhook", answer is null ? null : run => answer(new WebhookOutcome(run, run.At)), null, attachment,
            cancellationToken);
        return started.Ok ? new WebhookOutcome(started.Value, started.Value.At) : started.Problem;
    }

    private async Task<WebhookOutcome> IgnoreAsync(
        ActiveWorkflow workflow, JsonElement payload, Func<WebhookOutcome, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        var ignored = new WebhookOutcome(null, clock.GetUtcNow());
        return await writer.WriteAsync(
            workflow.Tenant.WorkspaceId,
            write =>
            {
                write.Log(new TriggerLogRow
                {
                    WorkspaceId = workflow.Tenant.WorkspaceId,
                    Environment = workflow.Tenant.Environment,
                    WorkflowId = workflow.Id,
                    At = ignored.At,
                    Cause = "webhook",
                    Outcome = TriggerOutcome.Refused,
                    Reason = "constraints",
                    Detail = workflow.Rule.Saw(payload),
                });
                write.Record(answer?.Invoke(ignored));
                return ignored;
            },
            cancellationToken);
    }

    /// <summary>Why no run of it can be started; null when one can.</summary>
    internal static OperationProblem.Conflict? WhyOff(ActiveWorkflow workflow) => workflow switch
    {
        { Serial: null } => new("workflow_not_published", "The workflow was never published. Publish it, then start it."),
        { Status: not WorkflowStatus.Active } => new("workflow_not_active", "The workflow is switched off. Switch it on, then start it."),
        _ => null,
    };

    private async ValueTask<Result<StartedRun>> StartAsync(
        ActiveWorkflow workflow, JsonElement payload, string cause, Func<StartedRun, KeptAnswer?>? answer, StartGuard? guard,
        RunAttachment? attachment, CancellationToken cancellationToken)
    {
        if (WhyOff(workflow) is { } off) return off;
        return await runs.StartAsync(
            new StartRunRequest
            {
                Tenant = workflow.Tenant, VersionSerial = workflow.Serial!.Value, Payload = payload, Cause = cause, Answer = answer,
                Guard = guard, Attachment = attachment,
            },
            cancellationToken);
    }
}

/// <summary>What a post to a webhook came to.</summary>
/// <param name="Run">The run that it started; null when the trigger's constraints refused the data.</param>
/// <param name="At">When.</param>
internal sealed record WebhookOutcome(StartedRun? Run, DateTimeOffset At);
