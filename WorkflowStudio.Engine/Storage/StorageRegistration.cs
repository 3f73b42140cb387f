using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Events;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Registers the store.</summary>
public static class StorageRegistration
{
    /// <summary>The SQLite file as the store: contexts that read, the one writer, the journal. The file has to exist with its tables before use.</summary>
    public static IServiceCollection AddStudioStorage(this IServiceCollection services, SqliteDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton<IReadConnections>(database);
        services.AddDbContextFactory<StudioDbContext>(database.ForReading);
        services.AddSingleton<RunBell>();
        services.AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILogger<GroupCommitWriter>>();
            var (bell, clock) = (provider.GetRequiredService<RunBell>(), provider.GetRequiredService<TimeProvider>());
            return new GroupCommitWriter(() => database.OpenSession(bell, clock, logger), logger);
        });
        services.AddSingleton<IStudioWriter>(provider => provider.GetRequiredService<GroupCommitWriter>());
        services.AddSingleton<IJournal, SqlJournal>();
        services.AddSingleton<IVersionStore, VersionStore>();
        services.AddSingleton<RunHistory>();
        services.AddSingleton<TriggerLog>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<IDatabaseSpace, SqliteSpace>();
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<RunRetention>();
        services.AddSingleton<ScheduleBell>().AddSingleton<ScheduleStore>().AddSingleton<ScheduleKeeper>();
        return services;
    }
}
