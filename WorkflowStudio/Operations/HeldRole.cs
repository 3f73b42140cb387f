using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations;

/// <summary>A role that somebody has, with what it allows.</summary>
public sealed record HeldRole
{
    private static readonly Permissions Reading =
        Permissions.Of(Permission.ViewWorkflows, Permission.ViewRuns, Permission.ViewData);

    private static readonly Permissions Running = Reading.With(Permissions.Of(
        Permission.RunWorkflows, Permission.ControlRuns, Permission.DecideApprovals, Permission.ResendOutbox, Permission.SendEvents));

    private static readonly Permissions Editing = Running.With(Permissions.Of(
        Permission.ManageWorkflows, Permission.ShareWorkflows, Permission.ManageSchedules, Permission.UseConnections,
        Permission.ManageTemplates, Permission.ManageData, Permission.Export));

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows.</summary>
    public required Permissions Permissions { get; init; }

    /// <summary>Which built-in role it is; null for one that was made.</summary>
    public WorkspaceRole? BuiltIn { get; init; }

    /// <summary>The id of one that was made.</summary>
    public Guid? MadeId { get; init; }

    /// <summary>Whether it sees every workflow of the workspace.</summary>
    public bool SeesAll => BuiltIn is WorkspaceRole.Owner or WorkspaceRole.Admin;

    /// <summary>A built-in role.</summary>
    public static HeldRole Of(WorkspaceRole role) => new()
    {
        Name = role.ToString(),
        BuiltIn = role,
        Permissions = role switch
        {
            WorkspaceRole.Viewer => Reading,
            WorkspaceRole.Operator => Running,
            WorkspaceRole.Editor => Editing,
            _ => Permissions.All,
        },
    };

    /// <summary>Its id in a workspace.</summary>
    public Guid IdIn(Guid workspaceId) => MadeId ?? BuiltInRoles.IdOf(workspaceId, BuiltIn!.Value);
}
