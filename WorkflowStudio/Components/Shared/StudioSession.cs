using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Shared;

/// <summary>Who looks at the page, in which workspace and environment, and how times are written there. Cascades from the root.</summary>
/// <param name="Caller">What operations are called with.</param>
/// <param name="Workspace">The workspace.</param>
/// <param name="Format">Times and money in the workspace's zone.</param>
public sealed record StudioSession(Caller Caller, WorkspaceFacts Workspace, StudioFormat Format)
{
    /// <summary>Whether the person may do something: buttons are shown by it, operations check it again.</summary>
    public bool May(Permission permission) => Caller.Refuse(permission) is null;

    /// <summary>Why the person may not, for whoever points at the button; null when they may.</summary>
    public string? Hint(Permission permission) => Caller.Refuse(permission)?.Message;
}
