using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Nodes.Ai;
using WorkflowStudio.Engine.Nodes.Messaging;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Registers the step types that do the practice's work.</summary>
public static class PracticeNodes
{
    /// <summary>Needs the connectors to be registered.</summary>
    public static IServiceCollection AddPracticeNodes(this IServiceCollection services) => services
        .AddSingleton<NodeType, AiIntakeNode>()
        .AddSingleton<NodeType, BookingNode>()
        .AddSingleton<NodeType, InvoiceNode>()
        .AddSingleton<NodeType, ReviewSmsNode>()
        .AddSingleton<NodeType, RemindersNode>();
}
