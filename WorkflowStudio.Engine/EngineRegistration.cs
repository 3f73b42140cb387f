using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Scheduling;

namespace WorkflowStudio.Engine;

/// <summary>Registers the engine. Needs the store, the step types and a <see cref="TimeProvider"/>.</summary>
public static class EngineRegistration
{
    /// <summary>What can start and watch runs, without working on them: enough for commands beside a running server.</summary>
    public static IServiceCollection AddStudioRuns(this IServiceCollection services)
    {
        services.TryAddSingleton<IdFactory>();
        services.AddSingleton<RunFeed>();
        services.AddSingleton<IRunFeed>(p => p.GetRequiredService<RunFeed>());
        services.AddSingleton<Storage.Events.PlatformEvents>();
        services.AddSingleton<PlanSource>();
        services.AddSingleton(p => new RunService(
            p.GetRequiredService<IJournal>(), p.GetRequiredService<IRunFeed>(), p.GetRequiredService<RunBell>(),
            p.GetRequiredService<PlanSource>(), p.GetRequiredService<IdFactory>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new RunViews(p.GetRequiredService<Storage.RunHistory>(), p.GetRequiredService<PlanSource>()));
        return services;
    }

    /// <summary>The engine itself: pumps on Quartz. Starts and stops with the host.</summary>
    public static IServiceCollection AddStudioEngine(this IServiceCollection services)
    {
        services.AddStudioRuns();
        services.TryAddSingleton<NodeLimits>();
        services.AddSingleton<StepInvoker>();
        services.AddSingleton(p => new ExecutionTools(
            p.GetRequiredService<IJournal>(), p.GetRequiredService<IRunFeed>(), p.GetRequiredService<StepInvoker>(),
            new ChildRuns(p.GetRequiredService<PlanSource>(), p.GetRequiredService<IVersionStore>(), p.GetRequiredService<IdFactory>()),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ExecutionTools>>()));
        services.AddSingleton(p => new ShardPumps(
            p.GetRequiredService<RunBell>(), p.GetRequiredService<PlanSource>(), p.GetRequiredService<ExecutionTools>(),
            p.GetRequiredService<NodeLimits>(), p.GetRequiredService<ILogger<ShardPumps>>()));
        services.AddScheduling();
        return services;
    }
}
