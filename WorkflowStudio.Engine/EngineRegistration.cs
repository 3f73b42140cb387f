using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Simulation;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine;

/// <summary>Registers the engine. Needs the store, the step types and a <see cref="TimeProvider"/>.</summary>
public static class EngineRegistration
{
    /// <summary>What can start and watch runs, without working on them: enough for commands beside a running server.</summary>
    public static IServiceCollection AddStudioRuns(this IServiceCollection services)
    {
        services.TryAddSingleton<IdFactory>();
        services.TryAddSingleton<NodeLimits>();
        services.AddSingleton<RunIds>();
        services.AddSingleton<RunFeed>();
        services.AddSingleton<IRunFeed>(p => p.GetRequiredService<RunFeed>());
        services.AddEvents();
        services.AddSingleton<PlanSource>();
        services.AddSingleton(p => new RunService(
            p.GetRequiredService<IJournal>(), p.GetRequiredService<IRunFeed>(), p.GetRequiredService<RunBell>(),
            p.GetRequiredService<PlanSource>(), p.GetRequiredService<RunIds>(), p.GetRequiredService<TimeProvider>(),
            p.GetService<RunTracing>()));
        services.AddSingleton(p => new RunViews(p.GetRequiredService<RunHistory>(), p.GetRequiredService<PlanSource>()));
        return services;
    }

    /// <summary>The engine itself: pumps on Quartz. Starts and stops with the host.</summary>
    /// <param name="services">The services.</param>
    /// <param name="shared">The PostgreSQL database that nodes share; null for one node alone.</param>
    public static IServiceCollection AddStudioEngine(this IServiceCollection services, string? shared = null)
    {
        services.AddTelemetry();
        services.AddStudioRuns();
        services.AddExecution();
        services.AddSingleton(p => new ShardPumps(
            p.GetRequiredService<RunBell>(), p.GetRequiredService<PlanSource>(), p.GetRequiredService<ExecutionTools>(),
            p.GetRequiredService<NodeLimits>(), p.GetRequiredService<ILogger<ShardPumps>>()));
        if (shared is not null) services.AddNodes();
        services.AddScheduling(shared is null ? null : PostgresDatabase.ForOthers(shared));
        return services;
    }

    /// <summary>The engine on a clock that is moved by hand, which is the <see cref="TimeProvider"/>: no pumps, no Quartz.</summary>
    public static IServiceCollection AddSteppedEngine(this IServiceCollection services, VirtualClock clock)
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddStudioRuns();
        services.AddExecution();
        services.AddSingleton<ScheduleFiring>().AddSingleton<NextMoment>();
        services.AddSingleton(p => new SteppedEngine(
            p.GetRequiredService<RunBell>(), p.GetRequiredService<PlanSource>(), p.GetRequiredService<ExecutionTools>(),
            p.GetRequiredService<NodeLimits>(),
            p.GetRequiredService<ScheduleFiring>(), p.GetRequiredService<NextMoment>(), clock,
            p.GetRequiredService<ILogger<SteppedEngine>>()));
        return services;
    }

    private static void AddExecution(this IServiceCollection services)
    {
        services.AddSingleton<StepInvoker>();
        services.AddSingleton(p => new ExecutionTools(
            p.GetRequiredService<IJournal>(), p.GetRequiredService<IRunFeed>(), p.GetRequiredService<StepInvoker>(),
            new ChildRuns(p.GetRequiredService<PlanSource>(), p.GetRequiredService<IVersionStore>(), p.GetRequiredService<RunIds>(),
                new RunFamilies(p.GetRequiredService<IJournal>(), p.GetRequiredService<TimeProvider>()), p.GetService<RunTracing>()),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ExecutionTools>>())
        {
            Runs = p.GetService<RunMetrics>(), Pumps = p.GetService<PumpMetrics>(), Tracing = p.GetService<RunTracing>(),
        });
    }

    // stopped in the opposite order: the shards are given back while the others can still be told
    private static void AddNodes(this IServiceCollection services)
    {
        services.AddSingleton<NodeBell>();
        services.AddSingleton(
            p => ActivatorUtilities.CreateInstance<NodeLink>(p, (PostgresDatabase)p.GetRequiredService<StudioDatabase>()));
        services.AddSingleton<INodes>(
            p => new NodeTable((PostgresDatabase)p.GetRequiredService<StudioDatabase>(), p.GetRequiredService<NodeLink>()));
        services.AddHostedService(p => p.GetRequiredService<NodeLink>());
        services.AddHostedService<EntriesOfOthers>();
        services.AddHostedService<ShardSharing>();
    }
}
