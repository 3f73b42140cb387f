using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>The sequences dialect: templates of steps one after the other, below <c>/api/v1</c>.</summary>
internal sealed class SequencesDialect : IDialect
{
    public static SequencesDialect Instance { get; } = new();

    public string Name => "sequences";

    public string Prefix => "/api/v1";

    public string ProblemType => SequencesProblems.ContentType;

    public bool AnswersTheRest => false; // V1Dialect does

    public ApiAnswer Refuse(ApiProblem problem) => SequencesProblems.Of(problem);

    public ApiAnswer Refuse(OperationProblem problem) => SequencesProblems.Of(problem);
}

/// <summary>Registers the dialect.</summary>
internal static class SequencesSetup
{
    public static IServiceCollection AddSequencesDialect(this IServiceCollection services) =>
        services.AddSingleton<SequencesTemplates>().AddSingleton<IDialectEndpoints, SequencesRuns>()
            .AddSingleton<OpenApi.IDialectReference, SequencesReference>();
}
