namespace WorkflowStudio.Engine.Model;

/// <summary>Who sees a workflow.</summary>
public enum WorkflowVisibility
{
    /// <summary>Its owner.</summary>
    Private = 0,

    /// <summary>Everybody in the workspace.</summary>
    Tenant = 1,

    /// <summary>Those it is shared with.</summary>
    Shared = 2,
}
