using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>What a dialect calls the parts of a run, and how it shows ids.</summary>
internal sealed record BodyWords(
    string CreatedAt, string RunId, string WorkflowId, string WorkflowName, string StartedAt, string EndedAt,
    Func<Guid, string> ShowRun, Func<Guid, string> ShowWorkflow)
{
    private static readonly BodyWords Services = new(
        "created_at", "run_id", "workflow_id", "workflow_name", "started_at", "completed_at", Uuid, Uuid);

    private static readonly BodyWords Documents = Services with { RunId = "execution_id" };

    private static readonly BodyWords Blocks = Services with { StartedAt = "run_started_at", EndedAt = "run_ended_at" };

    private static readonly BodyWords Sequences = new(
        "createdAt", "id", "workflowTemplateId", "templateName", "startedAt", "completedAt", ShownId.Run, ShownId.Workflow);

    private static readonly BodyWords Graph = Sequences with { ShowRun = ShownId.Execution };

    public static BodyWords Of(WebhookDialect dialect) => dialect switch
    {
        WebhookDialect.Services => Services,
        WebhookDialect.Documents => Documents,
        WebhookDialect.Blocks => Blocks,
        WebhookDialect.Graph => Graph,
        _ => Sequences,
    };

    private static string Uuid(Guid id) => id.ToString();
}
