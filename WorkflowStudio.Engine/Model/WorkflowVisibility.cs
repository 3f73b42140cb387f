namespace WorkflowStudio.Engine.Model;

/// <summary>Who sees a workflow, and with it its runs, its schedule, its versions and all else that hangs on it.</summary>
public enum WorkflowVisibility
{
    /// <summary>Its owner, and owners and admins of the workspace.</summary>
    Private = 0,

    /// <summary>Everybody in the workspace, to the extent of the role.</summary>
    Tenant = 1,

    /// <summary>Its owner, owners and admins, and those it is granted to.</summary>
    Shared = 2,
}
