namespace WorkflowStudio.Operations;

/// <summary>The scopes of API keys (docs/decisions.md, "Keys"), each with what it allows.</summary>
public static class Scopes
{
    private static readonly (string Name, Permissions Permissions)[] Known =
    [
        ("service.workflows.workflows.view", Permissions.Of(Permission.ViewWorkflows)),
        ("service.workflows.workflows.manage", Permissions.Of(
            Permission.ManageWorkflows, Permission.ShareWorkflows, Permission.ManageSchedules, Permission.ManageTemplates,
            Permission.UseConnections)),
        ("service.workflows.workflows.run", Permissions.Of(Permission.RunWorkflows, Permission.ControlRuns)),
        ("service.workflows.runs.view", Permissions.Of(Permission.ViewRuns)),
        ("service.workflows.webhooks.manage", Permissions.Of(Permission.ManageWebhooks)),
        ("service.workflows.events.send", Permissions.Of(Permission.SendEvents)),
        ("service.workflows.data.manage", Permissions.Of(
            Permission.ManageData, Permission.ViewData, Permission.Export, Permission.ResendOutbox, Permission.DecideApprovals)),
    ];

    /// <summary>Every scope that a key may have.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(s => s.Name)];

    /// <summary>The scope that allows something, or null when no key can be allowed it.</summary>
    public static string? Of(Permission permission) => Array.Find(Known, s => s.Permissions.Has(permission)).Name;

    /// <summary>What scopes allow together.</summary>
    public static Permissions Allow(IEnumerable<string> scopes) =>
        scopes.Aggregate(default(Permissions), (all, name) => all.With(Array.Find(Known, s => s.Name == name).Permissions));
}
