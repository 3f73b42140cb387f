namespace WorkflowStudio.Engine.Model;

/// <summary>How bad a problem is: errors keep a workflow from being published, warnings do not.</summary>
public enum ProblemSeverity
{
    /// <summary>The workflow would probably not do what is meant.</summary>
    Warning = 0,

    /// <summary>The workflow cannot run.</summary>
    Error = 1,
}

/// <summary>One finding about a definition.</summary>
/// <param name="Code">A stable name, for example <c>duplicate_node_id</c>; listed in docs/problems.md.</param>
/// <param name="Path">Where it is, as a path in the definition: <c>nodes[2].config.currency</c>, <c>link_connections[0].to</c>.</param>
/// <param name="NodeId">The step it belongs to, or null.</param>
/// <param name="Message">What is wrong and what to do, one or two sentences for people.</param>
/// <param name="Severity">Error or warning.</param>
public sealed record WorkflowProblem(string Code, string Path, string? NodeId, string Message, ProblemSeverity Severity)
{
    /// <summary>Where it is inside the text of the setting at <see cref="Path"/>; null when it concerns the whole.</summary>
    public TextRange? Position { get; init; }

    /// <summary>What would put it right; null when nobody can know.</summary>
    public ProblemFix? Fix { get; init; }

    /// <summary>An error.</summary>
    public static WorkflowProblem Error(string code, string path, string? nodeId, string message) =>
        new(code, path, nodeId, message, ProblemSeverity.Error);

    /// <summary>A warning.</summary>
    public static WorkflowProblem Warning(string code, string path, string? nodeId, string message) =>
        new(code, path, nodeId, message, ProblemSeverity.Warning);
}

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in characters from 0.</param>
/// <param name="Length">How many characters it has; 0 when only the place is known.</param>
public readonly record struct TextRange(int Start, int Length);

/// <summary>A change of one setting that puts a problem right.</summary>
/// <param name="Title">What it does, for a button: "Change to intake".</param>
/// <param name="Replacement">The new text.</param>
/// <param name="Range">What it replaces; null for the whole setting.</param>
public sealed record ProblemFix(string Title, string Replacement, TextRange? Range)
{
    /// <summary>The text of the setting after the change; the same text when the range does not lie within it.</summary>
    public string Apply(string text) => Range is not { } range ? Replacement
        : range.Start < 0 || range.Length < 0 || range.Start + range.Length > text.Length ? text
        : string.Concat(text.AsSpan(0, range.Start), Replacement, text.AsSpan(range.Start + range.Length));
}
