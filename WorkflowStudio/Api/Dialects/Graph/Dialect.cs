using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The graph dialect: nodes and links, below <c>/api/v1</c>.</summary>
internal sealed class GraphDialect : IDialect
{
    /// <summary>Its name in <c>origin</c>.</summary>
    public const string Origin = "graph";

    public static GraphDialect Instance { get; } = new();

    public ApiAnswer Refuse(ApiProblem problem) => GraphProblems.Of(problem);

    public ApiAnswer Refuse(OperationProblem problem) => GraphProblems.Of(problem);
}
