using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>Brings a context's tables up to date.</summary>
public static class Migrator
{
    /// <summary>
    /// Applies the migrations that are missing and answers how many. The caller holds the lock of the data folder: EF Core's own lock row
    /// survives a killed process and would block every later migration, so it is cleared first.
    /// </summary>
    public static async Task<int> MigrateAsync(DbContext db, CancellationToken cancellationToken)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        if (pending == 0) return 0;
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            // before the first table: afterwards only a VACUUM changes it
            command.CommandText = "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }

        await db.Database.MigrateAsync(cancellationToken);
        Diagnostics.FailPoints.Pass(Diagnostics.FailPoint.MigrationRun);
        return pending;
    }
}
