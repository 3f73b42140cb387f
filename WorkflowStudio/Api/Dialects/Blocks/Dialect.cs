using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The blocks dialect: steps nested in blocks, below <c>/workflows</c>.</summary>
internal sealed class BlocksDialect : IDialect
{
    public static BlocksDialect Instance { get; } = new();

    public string Name => "blocks";

    public string Prefix => "/workflows";

    public string ProblemType => ApiAnswer.Json;

    public ApiAnswer Refuse(ApiProblem problem) => BlocksProblems.Of(problem);

    public ApiAnswer Refuse(OperationProblem problem) => BlocksProblems.Of(problem);
}

/// <summary>Registers the dialect.</summary>
internal static class BlocksSetup
{
    public static IServiceCollection AddBlocksDialect(this IServiceCollection services) => services
        .AddSingleton<IDialectEndpoints, BlocksWorkflows>().AddSingleton<IDialectEndpoints, BlocksRuns>()
        .AddSingleton<IDialectEndpoints, BlocksDefinitions>().AddSingleton<IDialectEndpoints, BlocksWebhooks>()
        .AddSingleton<OpenApi.IDialectReference, BlocksReference>();
}
