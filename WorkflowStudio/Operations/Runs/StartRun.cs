using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Starts runs of the active version of a workflow. What is answered well is durable.</summary>
internal sealed class StartRun(ActiveWorkflows workflows, RunService runs)
{
    /// <summary>Starts a run by hand or by an API client. A workflow that is off is refused.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="payload">The data, usually an object.</param>
    /// <param name="cause">What starts it: <c>manual</c> or <c>api</c>.</param>
    /// <param name="answer">Makes the answer that is stored with the run, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Result<StartedRun>> RunAsync(
        Caller caller, Guid workflowId, JsonElement payload, string cause, Func<StartedRun, IdempotencyRow?>? answer = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.RunWorkflows) is { } refused) return refused;
        return await workflows.FindAsync(caller.Tenant, workflowId, cancellationToken) is not { } workflow
            ? new OperationProblem.NotFound("workflow")
            : await StartAsync(workflow, payload, cause, answer, cancellationToken);
    }

    /// <summary>Starts a run of a workflow whose webhook was posted to: the address is the permission. A workflow that is off is refused.</summary>
    public async ValueTask<Result<StartedRun>> ByWebhookAsync(
        Guid workflowId, JsonElement payload, Func<StartedRun, IdempotencyRow?>? answer = null, CancellationToken cancellationToken = default)
    {
        var workflow = await workflows.FindAsync(workflowId, cancellationToken);
        return workflow is not { TakesWebhooks: true }
            ? new OperationProblem.NotFound("webhook")
            : await StartAsync(workflow, payload, "webhook", answer, cancellationToken);
    }

    private async ValueTask<Result<StartedRun>> StartAsync(
        ActiveWorkflow workflow, JsonElement payload, string cause, Func<StartedRun, IdempotencyRow?>? answer, CancellationToken cancellationToken)
    {
        if (workflow.Serial is not { } serial) return new OperationProblem.Conflict("workflow_not_published", "The workflow was never published. Publish it, then start it.");
        if (workflow.Status != WorkflowStatus.Active) return new OperationProblem.Conflict("workflow_not_active", "The workflow is switched off. Switch it on, then start it.");
        return await runs.StartAsync(
            new StartRunRequest { Tenant = workflow.Tenant, VersionSerial = serial, Payload = payload, Cause = cause, Answer = answer }, cancellationToken);
    }
}
