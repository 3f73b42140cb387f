using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Engine.Storage.Integrations;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Keys;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Registers the store.</summary>
public static class StorageRegistration
{
    /// <summary>A database as the store: contexts that read, the writer, the journal. Its tables have to be there before use.</summary>
    public static IServiceCollection AddStudioStorage(this IServiceCollection services, StudioDatabase database)
    {
        services.AddSingleton(_ => database); // by a function: then the container closes it
        services.AddSingleton<IReadConnections>(p => p.GetRequiredService<StudioDatabase>());
        services.AddPooledDbContextFactory<StudioDbContext>(database.ForReading);
        services.AddSingleton<NodeNews>();
        services.AddSingleton<StoreTrouble>().AddSingleton<StoreProbe>();
        services.AddSingleton<RunBell>();
        services.AddSingleton<Announcers>();
        services.AddSingleton(provider => Writer(provider, database));
        // where nodes take turns for this kind of work, the journal must not wait with it
        services.AddSingleton<IStudioWriter>(
            provider => database.IsShared ? Writer(provider, database) : provider.GetRequiredService<GroupCommitWriter>());
        services.AddSingleton<IJournal, SqlJournal>();
        services.AddSingleton<IVersionStore, VersionStore>();
        services.AddSingleton<WorkspaceStore>().AddSingleton<IScriptPermits>(p => p.GetRequiredService<WorkspaceStore>());
        services.AddSingleton<WorkspaceOverviews>().AddSingleton<IConnections, ConnectionStore>();
        services.AddSingleton<WorkflowStore>().AddSingleton<KeyStore>().AddSingleton<DatabaseCheck>();
        services.AddSingleton<IntegrationStore>().AddSingleton<IIntegrations>(p => p.GetRequiredService<IntegrationStore>());
        services.AddSingleton<RunHistory>().AddSingleton<RunListQueries>().AddSingleton<NumberedRunQueries>().AddSingleton<StepCounts>();
        services.AddSingleton<HiddenWorkflows>().AddSingleton<GrantStore>().AddSingleton<MemberStore>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton(database.Space);
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<RunRetention>();
        services.AddSingleton(p => new WorkflowErasure(
            p.GetRequiredService<IReadConnections>(), p.GetRequiredService<GroupCommitWriter>(), p.GetRequiredService<TimeProvider>(),
            p.GetServices<RowsOfWorkflow>(), p.GetServices<RowsOfRun>()));
        services.AddSingleton<RunFigureQueries>().AddSingleton<RunDays>().AddSingleton<RunDayCounting>();
        services.AddSingleton<ScheduleBell>().AddSingleton<ScheduleStore>().AddSingleton<ScheduleKeeper>();
        return services;
    }

    private static GroupCommitWriter Writer(IServiceProvider provider, StudioDatabase database)
    {
        var logger = provider.GetRequiredService<ILogger<GroupCommitWriter>>();
        var (bell, clock, runs) =
            (provider.GetRequiredService<RunBell>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<RunMetrics>());
        var announcer = provider.GetRequiredService<Announcers>();
        return new GroupCommitWriter(
            () => database.OpenSession(bell, clock, logger, runs, announcer), database.Place, provider.GetRequiredService<StoreTrouble>(),
            logger, provider.GetService<CommitMetrics>());
    }
}
