namespace WorkflowStudio.Engine.Nodes;

/// <summary>An output port of a step type.</summary>
/// <param name="Id">The name in links, for example <c>then</c>.</param>
/// <param name="Label">What people read at the port; null where a step has only one.</param>
public sealed record NodePort(string Id, string? Label = null)
{
    /// <summary>The single output of a step that has no branches.</summary>
    public static NodePort Out { get; } = new("out");

    /// <summary>The port of a step that failed, where its <c>on_error</c> is <c>error_port</c>.</summary>
    public static NodePort Error { get; } = new(Model.WorkflowNode.ErrorPort, "on error");

    /// <summary>As the port of an outcome: the run goes on through every port at once.</summary>
    public const string All = "*";
}

/// <summary>The groups of the palette. Names are those of the colour tokens.</summary>
public enum NodeGroup
{
    /// <summary>Starts.</summary>
    Trigger,

    /// <summary>Where a run goes on, and when.</summary>
    Flow,

    /// <summary>Values and lists.</summary>
    Data,

    /// <summary>Messages to clients and colleagues.</summary>
    Messaging,

    /// <summary>The practice's own calendar, invoices, contacts.</summary>
    Practice,

    /// <summary>Documents.</summary>
    Documents,

    /// <summary>Language models and the rules reader.</summary>
    Ai,

    /// <summary>Other systems over HTTP.</summary>
    Http,
}
