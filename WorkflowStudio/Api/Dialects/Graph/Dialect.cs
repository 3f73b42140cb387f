using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The graph dialect: nodes and links, below <c>/api/v1</c>.</summary>
internal sealed class GraphDialect : IDialect
{
    public static GraphDialect Instance { get; } = new();

    public string Name => "graph";

    public string Prefix => "/api/v1";

    public string ProblemType => ApiAnswer.Json;

    public bool AnswersTheRest => false; // V1Dialect does

    public ApiAnswer Refuse(ApiProblem problem) => GraphProblems.Of(problem);

    public ApiAnswer Refuse(OperationProblem problem) => GraphProblems.Of(problem);
}

/// <summary>Registers the dialect.</summary>
internal static class GraphSetup
{
    public static IServiceCollection AddGraphDialect(this IServiceCollection services) => services
        .AddSingleton<GraphWorkflows>().AddSingleton<IDialectEndpoints>(p => p.GetRequiredService<GraphWorkflows>())
        .AddSingleton<IDialectEndpoints, GraphExecutions>()
        .AddSingleton<IDialectEndpoints, GraphHouse>()
        .AddSingleton<IDialectEndpoints, GraphEvents>()
        .AddSingleton<OpenApi.IDialectReference, GraphReference>();
}
