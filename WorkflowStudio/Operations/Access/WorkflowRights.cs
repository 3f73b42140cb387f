using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// What somebody may do with one workflow: of what their role or scopes allow, what its visibility, its owner and their grants leave, and
/// what a grant adds. Pure; everything that asks about a workflow or its runs asks here.
/// </summary>
internal static class WorkflowRights
{
    private static readonly Permission[] OfWorkflows =
    [
        Permission.ViewWorkflows, Permission.ManageWorkflows, Permission.RunWorkflows, Permission.ShareWorkflows, Permission.ViewRuns,
        Permission.ControlRuns, Permission.DecideApprovals, Permission.ManageSchedules, Permission.ResendOutbox, Permission.Export,
    ];

    /// <summary>The level of a grant that a permission needs; null for what no grant gives.</summary>
    public static GrantLevel? LevelOf(Permission permission) => permission switch
    {
        Permission.ViewWorkflows or Permission.ViewRuns or Permission.Export => GrantLevel.View,
        Permission.RunWorkflows or Permission.ControlRuns or Permission.DecideApprovals or Permission.ResendOutbox => GrantLevel.Run,
        Permission.ManageWorkflows or Permission.ManageSchedules => GrantLevel.Edit,
        Permission.ShareWorkflows => GrantLevel.Manage,
        _ => null,
    };

    /// <summary>Whether somebody may do something with a workflow.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="workflow">How it stands to them.</param>
    /// <param name="permission">What they want to do.</param>
    /// <param name="level">The level of a grant that it needs, where that is more than the permission does: deleting.</param>
    public static bool Allows(Caller caller, WorkflowStanding workflow, Permission permission, GrantLevel? level = null)
    {
        var sight = caller.Sight;
        if (!sight.Sees(workflow.Visibility, workflow.OwnerId, workflow.OwnerKeyId, workflow.Granted)) return false;
        var held = caller.Permissions.Has(permission);
        var owns = caller.SeesAll || sight.Owns(workflow.OwnerId, workflow.OwnerKeyId);
        // one's own is shared, and what is nobody's; the roles do not reach into what is shared with single people
        var byRole = held && (owns || workflow.Visibility == WorkflowVisibility.Tenant)
            && (permission != Permission.ShareWorkflows || owns || workflow.OwnerId is null);
        // a key is given no more than its scopes
        var byGrant = workflow is { Visibility: WorkflowVisibility.Shared, Granted: { } granted }
            && granted >= (level ?? LevelOf(permission)) && (held || caller.IsPerson);
        return byRole || byGrant;
    }

    /// <summary>All that somebody may do with a workflow.</summary>
    public static Permissions Of(Caller caller, WorkflowStanding workflow) =>
        Permissions.Of(OfWorkflows.Where(p => Allows(caller, workflow, p)));
}
