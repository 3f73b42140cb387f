namespace WorkflowStudio.Engine.Storage;

/// <summary>What happened to a workflow, for those who listen elsewhere.</summary>
public enum WorkflowChange
{
    /// <summary>It was made.</summary>
    Created,

    /// <summary>Its name, its status or its active version has changed.</summary>
    Updated,

    /// <summary>It was deleted.</summary>
    Deleted,
}
