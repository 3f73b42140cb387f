using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Engine.Storage;

/// <summary>The database as the host sees it.</summary>
public static class StudioDatabase
{
    /// <summary>Brings the tables up to date and answers how many migrations were missing. The caller holds the data folder's lock.</summary>
    public static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<SqliteDatabase>().ContextForMigrations();
        return await Migrator.MigrateAsync(db, cancellationToken);
    }

    /// <summary>How many migrations are missing.</summary>
    public static async Task<int> PendingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<SqliteDatabase>().ContextForMigrations();
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
    }

    /// <summary>The version of the SQLite library.</summary>
    public static async Task<string> SqliteVersionAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<SqliteDatabase>().ContextForMigrations();
        return await Migrator.SqliteVersionAsync(db, cancellationToken);
    }
}
