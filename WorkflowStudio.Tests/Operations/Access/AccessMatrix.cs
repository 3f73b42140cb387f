using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>What came of asking for something, or has to.</summary>
/// <param name="Kind">Whether it was allowed.</param>
/// <param name="Permission">The permission that a refusal names.</param>
internal readonly record struct Verdict(VerdictKind Kind, string? Permission = null)
{
    public override string ToString() => Permission is null ? Kind.ToString() : $"{Kind} ({Permission})";
}

internal enum VerdictKind
{
    /// <summary>It was done, or could not be done for another reason than a right.</summary>
    Allowed,

    /// <summary>It was refused, and the permission named.</summary>
    Forbidden,

    /// <summary>There is no such thing.</summary>
    Unknown,

    /// <summary>It stands in the list.</summary>
    Shown,

    /// <summary>It does not stand in the list.</summary>
    Absent,
}

/// <summary>What access.md says, said a second time and in another way, for the tests to hold the code to.</summary>
internal static class AccessRules
{
    private const string Viewer = "workflows.view runs.view data.view";
    private const string Operator = $"{Viewer} workflows.run runs.control approvals.decide outbox.resend events.send";

    private const string Editor =
        $"{Operator} workflows.manage workflows.share schedules.manage connections.use templates.manage data.manage export";

    /// <summary>Whether a role allows something by itself.</summary>
    public static bool Holds(HeldRole role, string permission) => role.BuiltIn switch
    {
        WorkspaceRole.Owner or WorkspaceRole.Admin => true,
        WorkspaceRole.Editor => Editor.Split(' ').Contains(permission),
        WorkspaceRole.Operator => Operator.Split(' ').Contains(permission),
        WorkspaceRole.Viewer => Viewer.Split(' ').Contains(permission),
        _ => permission is "workflows.view" or "runs.view" or "runs.control",
    };

    /// <summary>Whether a workflow is seen.</summary>
    public static bool Sees(HeldRole role, Relation relation, WorkflowVisibility visibility) => visibility switch
    {
        WorkflowVisibility.Tenant => true,
        WorkflowVisibility.Shared => IsAdmin(role) || relation != Relation.Other,
        _ => IsAdmin(role) || relation == Relation.Owns,
    };

    /// <summary>What has to come of doing something with one workflow.</summary>
    public static Verdict OnWorkflow(HeldRole role, Relation relation, WorkflowVisibility visibility, string permission, bool deletes)
    {
        if (!Sees(role, relation, visibility)) return new(VerdictKind.Unknown);
        var mine = IsAdmin(role) || relation == Relation.Owns;
        var byRole = Holds(role, permission)
            && (permission == "workflows.share" ? mine : mine || visibility == WorkflowVisibility.Tenant);
        var needed = deletes ? Relation.GrantedManage : permission switch
        {
            "workflows.view" or "runs.view" => Relation.GrantedView,
            "workflows.run" or "runs.control" or "approvals.decide" => Relation.GrantedRun,
            "workflows.manage" or "schedules.manage" => Relation.GrantedEdit,
            "workflows.share" => Relation.GrantedManage,
            _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "No grant is known to give it."),
        };
        var byGrant = visibility == WorkflowVisibility.Shared && relation >= needed && relation >= Relation.GrantedView;
        return byRole || byGrant ? new(VerdictKind.Allowed) : new(VerdictKind.Forbidden, permission);
    }

    private static bool IsAdmin(HeldRole role) => role.BuiltIn is WorkspaceRole.Owner or WorkspaceRole.Admin;
}
