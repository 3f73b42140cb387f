using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// <c>/api/v1</c>, which graph and sequences share: where an address is neither's alone, a request with the header of the graph dialect is
/// answered in its words, every other in those of sequences (docs/decisions.md, "Dialects").
/// </summary>
internal sealed class V1Dialect : IDialect
{
    /// <summary>The header that clients of the graph dialect send with every request.</summary>
    public const string GraphHeader = "X-TWS-Practice-ID";

    private static readonly SequencesDialect Usual = SequencesDialect.Instance;

    public static V1Dialect Instance { get; } = new();

    public string Name => Usual.Name;

    public string Prefix => Usual.Prefix;

    public string ProblemType => Usual.ProblemType;

    public bool AnswersTheRest => true;

    public IDialect For(HttpRequest request) => SaysGraph(request) ? GraphDialect.Instance : Usual;

    public ApiAnswer Refuse(ApiProblem problem) => Usual.Refuse(problem);

    public ApiAnswer Refuse(OperationProblem problem) => Usual.Refuse(problem);

    /// <summary>Whether the sender says that it speaks graph.</summary>
    public static bool SaysGraph(HttpRequest request) => request.Headers.ContainsKey(GraphHeader);
}
