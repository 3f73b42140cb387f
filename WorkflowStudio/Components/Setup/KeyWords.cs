namespace WorkflowStudio.Components.Setup;

/// <summary>What pages say of the scopes of keys.</summary>
internal static class KeyWords
{
    /// <summary>The scopes with a word or two and a sentence for people.</summary>
    public static IReadOnlyList<(string Scope, string Short, string Does)> Scopes { get; } =
    [
        ("service.workflows.workflows.view", "see workflows", "See workflows, their versions and schedules."),
        ("service.workflows.workflows.manage", "change workflows", "Make, change, publish, share and delete workflows and schedules."),
        ("service.workflows.workflows.run", "run workflows", "Start runs, pause, cancel and wake them."),
        ("service.workflows.runs.view", "see runs", "See runs with their logs and outputs."),
        ("service.workflows.webhooks.manage", "manage webhooks", "Say who is told of events, and see what was delivered."),
        ("service.workflows.events.send", "send events", "Send events of other systems, which start workflows."),
        ("service.workflows.data.manage", "use practice data",
            "Read, change and take out contacts, appointments, invoices, forms and documents; decide approvals."),
    ];

    /// <summary>A scope in a word or two.</summary>
    public static string Short(string scope) => Scopes.FirstOrDefault(s => s.Scope == scope).Short ?? scope;
}
