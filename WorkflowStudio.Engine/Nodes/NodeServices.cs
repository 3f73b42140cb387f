using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Engine.Nodes.Practice;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Registers the step types, the catalog of them and the validator that knows it.</summary>
public static class NodeServices
{
    /// <summary>Every step type of the app. The connectors that they use are registered by the host.</summary>
    public static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddFlowNodes()
        .AddSingleton<NodeType, HttpRequestNode>()
        .AddPracticeNodes()
        .AddSingleton<NodeCatalog>()
        .AddSingleton<IStepTypes>(p => p.GetRequiredService<NodeCatalog>())
        .AddSingleton<WorkflowValidator>();
}
