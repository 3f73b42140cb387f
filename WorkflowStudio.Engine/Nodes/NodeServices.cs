using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Scripting;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Registers the step types, the catalog of them and the validator that knows it.</summary>
public static class NodeServices
{
    /// <summary>Every step type of the app. The connectors that they use are registered by the host.</summary>
    public static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddStepsOf(typeof(NodeServices).Assembly)
        .AddScripting()
        .AddSingleton<NodeCatalog>()
        .AddSingleton<IStepTypes>(p => p.GetRequiredService<NodeCatalog>())
        .AddSingleton<WorkflowValidator>();

    /// <summary>The step types of an assembly, sorted by name.</summary>
    /// <exception cref="InvalidOperationException">One of them does not say what it is (<see cref="StepAttribute"/>).</exception>
    public static IServiceCollection AddStepsOf(this IServiceCollection services, Assembly assembly)
    {
        var types = assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(NodeType)) && !t.IsAbstract && !t.IsNested);
        foreach (var type in types.OrderBy(t => StepAttribute.Of(t).Type, StringComparer.Ordinal))
            services.AddSingleton(typeof(NodeType), type);
        return services;
    }
}
