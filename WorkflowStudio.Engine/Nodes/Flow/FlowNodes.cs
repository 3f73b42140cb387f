using Microsoft.Extensions.DependencyInjection;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Registers the step types that direct the run and handle data.</summary>
public static class FlowNodes
{
    /// <summary>Needs the calendar, approvals and the messenger to be registered.</summary>
    public static IServiceCollection AddFlowNodes(this IServiceCollection services) => services
        .AddSingleton<NodeType, ConditionNode>()
        .AddSingleton<NodeType, SwitchNode>()
        .AddSingleton<NodeType, ParallelNode>()
        .AddSingleton<NodeType, MergeNode>()
        .AddSingleton<NodeType, ForEachNode>()
        .AddSingleton<NodeType, WaitNode>()
        .AddSingleton<NodeType, WaitForEventNode>()
        .AddSingleton<NodeType, ApprovalNode>()
        .AddSingleton<NodeType, SubWorkflowNode>()
        .AddSingleton<NodeType, StopNode>()
        .AddSingleton<NodeType, EndNode>()
        .AddSingleton<NodeType, SetNode>()
        .AddSingleton<NodeType, FilterNode>()
        .AddSingleton<NodeType, AggregateNode>()
        .AddSingleton<NodeType, TransformNode>();
}
