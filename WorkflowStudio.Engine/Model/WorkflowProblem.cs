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
    /// <summary>An error.</summary>
    public static WorkflowProblem Error(string code, string path, string? nodeId, string message) => new(code, path, nodeId, message, ProblemSeverity.Error);

    /// <summary>A warning.</summary>
    public static WorkflowProblem Warning(string code, string path, string? nodeId, string message) => new(code, path, nodeId, message, ProblemSeverity.Warning);
}
