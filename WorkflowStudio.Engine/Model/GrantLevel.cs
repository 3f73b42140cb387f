namespace WorkflowStudio.Engine.Model;

/// <summary>How much a grant gives of a workflow, each with all of those before it.</summary>
public enum GrantLevel
{
    /// <summary>Sees it, its runs and their data.</summary>
    View = 0,

    /// <summary>Starts it, controls its runs and decides what they ask.</summary>
    Run = 1,

    /// <summary>Changes, publishes, schedules and switches it.</summary>
    Edit = 2,

    /// <summary>Deletes and shares it.</summary>
    Manage = 3,
}
