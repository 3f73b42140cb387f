using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Practice;

/// <summary>
/// The studio's own interface to what a practice keeps, below <c>/api/v1</c>. It answers and refuses in the words of sequences, whose
/// clients share its contacts.
/// </summary>
internal sealed class PracticeDialect : IDialect
{
    private static readonly SequencesDialect Words = SequencesDialect.Instance;

    public static PracticeDialect Instance { get; } = new();

    public string Name => "practice";

    public string Prefix => Words.Prefix;

    public string ProblemType => Words.ProblemType;

    public bool AnswersTheRest => false;

    public ApiAnswer Refuse(ApiProblem problem) => Words.Refuse(problem);

    public ApiAnswer Refuse(OperationProblem problem) => Words.Refuse(problem);
}

/// <summary>Registers the interface.</summary>
internal static class PracticeApiSetup
{
    public static IServiceCollection AddPracticeApi(this IServiceCollection services) =>
        services.AddSingleton<IDialectEndpoints, RecordRoutes>().AddSingleton<IDialectEndpoints, FreeTimeRoutes>()
            .AddSingleton<IDialectEndpoints, FormRoutes>().AddSingleton<IDialectEndpoints, InvoiceRoutes>()
            .AddSingleton<IDialectEndpoints, ConversationRoutes>().AddSingleton<IDialectEndpoints, DocumentRoutes>()
            .AddSingleton<IDialectEndpoints, NotificationRoutes>()
            .AddSingleton<IDialectReference, PracticeReference>();
}
