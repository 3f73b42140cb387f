using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>The documents dialect: triggers and steps for documents, below <c>/api/workflows</c>.</summary>
internal sealed class DocumentsDialect : IDialect
{
    public static DocumentsDialect Instance { get; } = new();

    public string Name => "documents";

    public string Prefix => "/api/workflows";

    public string ProblemType => ApiAnswer.Json;

    public ApiAnswer Refuse(ApiProblem problem) => DocumentsProblems.Of(problem);

    public ApiAnswer Refuse(OperationProblem problem) => DocumentsProblems.Of(problem);
}

/// <summary>Registers the dialect.</summary>
internal static class DocumentsSetup
{
    public static IServiceCollection AddDocumentsDialect(this IServiceCollection services) => services
        .AddSingleton<IDialectEndpoints, DocumentsWorkflows>()
        .AddSingleton<IDialectEndpoints, DocumentsExecutions>()
        .AddSingleton<IDialectEndpoints, DocumentsSchedules>()
        .AddSingleton<IDialectEndpoints, DocumentsIntegrations>()
        .AddSingleton<IDialectEndpoints, DocumentsTemplates>()
        .AddSingleton<IDialectEndpoints, DocumentsWebhooks>()
        .AddSingleton<OpenApi.IDialectReference, DocumentsReference>();
}
