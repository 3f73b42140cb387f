using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Palette;

/// <summary>How the groups of steps are called and drawn.</summary>
internal static class StepGroupWords
{
    /// <summary>What people call the group.</summary>
    public static string Title(NodeGroup group) => group switch
    {
        NodeGroup.Trigger => "Triggers",
        NodeGroup.Ai => "AI",
        NodeGroup.Http => "Connect",
        _ => group.ToString(),
    };

    /// <summary>The name in class names.</summary>
    public static string Class(NodeGroup group) => group.ToString().ToLowerInvariant();

    /// <summary>The Material Symbol of the group.</summary>
    public static string Icon(NodeGroup group) => group switch
    {
        NodeGroup.Trigger => "bolt",
        NodeGroup.Data => "data_object",
        NodeGroup.Messaging => "sms",
        NodeGroup.Practice => "event_available",
        NodeGroup.Documents => "document_scanner",
        NodeGroup.Ai => "smart_toy",
        NodeGroup.Http => "webhook",
        _ => "call_split",
    };
}
