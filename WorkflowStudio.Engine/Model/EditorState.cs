namespace WorkflowStudio.Engine.Model;

/// <summary>How a workflow is laid out on the canvas, in React Flow's terms: layout only, never meaning. Pixels at zoom 1.</summary>
public sealed record EditorState
{
    /// <summary>A workflow that was never laid out.</summary>
    public static EditorState None { get; } = new();

    /// <summary>The positions of the steps and of the start (id <c>trigger</c>).</summary>
    public IReadOnlyList<NodePlace> Nodes { get; init; } = [];

    /// <summary>The part of the canvas that was last seen; null fits everything.</summary>
    public Viewport? Viewport { get; init; }

    /// <summary>Notes that people left on the canvas.</summary>
    public IReadOnlyList<CanvasNote> Notes { get; init; } = [];

    /// <summary>Frames around steps.</summary>
    public IReadOnlyList<CanvasGroup> Groups { get; init; } = [];

    /// <summary>
    /// What was typed into fields and could not be read. It stays as it was typed, and nothing is published while it is there.
    /// </summary>
    public IReadOnlyList<UnreadText> Unread { get; init; } = [];
}

/// <summary>A text that a field could not read. The setting keeps the value that it had before.</summary>
/// <param name="Id">The step, <c>trigger</c>, or empty for the workflow's own settings.</param>
/// <param name="Setting">The place of the setting in it.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Why">Why it cannot be read, for people.</param>
public sealed record UnreadText(string Id, string Setting, string Text, string Why);

/// <summary>The place of one step: its upper left corner.</summary>
public sealed record NodePlace(string Id, double X, double Y);

/// <summary>The part of the canvas that is seen.</summary>
public sealed record Viewport(double X, double Y, double Zoom);

/// <summary>A note on the canvas.</summary>
public sealed record CanvasNote(string Id, double X, double Y, double Width, string Text, string? By);

/// <summary>A titled frame on the canvas.</summary>
public sealed record CanvasGroup(string Id, double X, double Y, double Width, double Height, string Title);
