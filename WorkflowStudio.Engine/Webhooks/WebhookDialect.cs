namespace WorkflowStudio.Engine.Webhooks;

/// <summary>In whose words an endpoint is told: its events, the shape of bodies, the signature. Stored: never changed.</summary>
public enum WebhookDialect
{
    /// <summary><c>workflows.run.completed</c>, signed as <c>Softsolz-Signature</c>.</summary>
    Services = 0,

    /// <summary><c>workflow.completed</c> in camelCase, signed as <c>X-Webhook-Signature</c>.</summary>
    Sequences = 1,

    /// <summary><c>workflow.step.completed</c>, an envelope of its own, signed as <c>X-Webhook-Signature</c>.</summary>
    Documents = 2,

    /// <summary><c>workflow.run.succeeded</c>, signed as <c>X-Webhook-Signature</c>.</summary>
    Blocks = 3,

    /// <summary>As <see cref="Sequences"/>, but runs are executions.</summary>
    Graph = 4,
}
