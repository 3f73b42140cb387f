using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>Sets up every connection beside the writer's: it waits for writers and leaves checkpoints to the one writer.</summary>
internal sealed class SideConnection : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL;";

    private SideConnection()
    {
    }

    public static SideConnection Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
