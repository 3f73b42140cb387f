using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.People;

/// <summary>What pages say of permissions.</summary>
internal static class PermissionWords
{
    /// <summary>What a permission allows, in a few words.</summary>
    public static string Of(Permission permission) => permission switch
    {
        Permission.ViewWorkflows => "See workflows",
        Permission.ManageWorkflows => "Make and change workflows",
        Permission.RunWorkflows => "Run workflows",
        Permission.ShareWorkflows => "Share their workflows",
        Permission.ViewRuns => "See runs",
        Permission.ControlRuns => "Pause, cancel and wake runs",
        Permission.DecideApprovals => "Decide approvals",
        Permission.ManageSchedules => "Change schedules",
        Permission.UseConnections => "Use connections",
        Permission.ManageConnections => "Connect accounts",
        Permission.ManageTemplates => "Make templates",
        Permission.ViewData => "See practice data",
        Permission.ManageData => "Change practice data",
        Permission.ResendOutbox => "Send messages again",
        Permission.ManageWebhooks => "Manage webhooks",
        Permission.ManageKeys => "Manage API keys",
        Permission.ManageMembers => "Manage people",
        Permission.ManageSettings => "Change settings",
        Permission.ViewAudit => "See the audit log",
        Permission.Export => "Take data out",
        Permission.SendEvents => "Send events",
        _ => Permissions.NameOf(permission),
    };

    /// <summary>What a role allows, in a sentence.</summary>
    public static string Of(Permissions permissions) => permissions == Permissions.All ? "Everything"
        : string.Join(", ", permissions.Each.Select((p, i) => i == 0 ? Of(p) : char.ToLowerInvariant(Of(p)[0]) + Of(p)[1..]));
}
