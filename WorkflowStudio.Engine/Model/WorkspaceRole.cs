namespace WorkflowStudio.Engine.Model;

/// <summary>The roles of members, each with all rights of those before it.</summary>
public enum WorkspaceRole
{
    /// <summary>Sees workflows and runs.</summary>
    Viewer = 0,

    /// <summary>Changes and runs workflows.</summary>
    Editor = 1,

    /// <summary>Manages members, keys, connections.</summary>
    Owner = 2,
}
