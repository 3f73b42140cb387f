namespace WorkflowStudio.Engine.Model;

/// <summary>Whether a workflow reacts to its trigger.</summary>
public enum WorkflowStatus
{
    /// <summary>Never published.</summary>
    Draft = 0,

    /// <summary>Its trigger starts runs of the active version.</summary>
    Active = 1,

    /// <summary>Its trigger starts nothing; runs that have begun go on.</summary>
    Paused = 2,
}
