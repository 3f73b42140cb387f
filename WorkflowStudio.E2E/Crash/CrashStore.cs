using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.E2E.Crash;

/// <summary>Where the server under test keeps everything, as the harness sees it from outside. Both databases are asked the same.</summary>
internal abstract class CrashStore : IAsyncDisposable
{
    /// <summary>The database, for people.</summary>
    public abstract string Name { get; }

    /// <summary>What the server is told as <c>STUDIO_DATABASE</c>; null for SQLite in its folder.</summary>
    public virtual string? ConnectionString => null;

    /// <summary>A query that answers <c>ok</c> when the database is sound.</summary>
    public abstract string Soundness { get; }

    /// <summary>A connection to the database of a server that does not run: whatever it had begun is over.</summary>
    public abstract DbConnection Open(string folder);

    /// <summary>Says that the server is dead, so that the next one need not find out by waiting for it.</summary>
    public virtual void Bury(string folder)
    {
    }

    public virtual ValueTask DisposeAsync() => default;
}

/// <summary>SQLite in the server's folder.</summary>
internal sealed class SqliteStore : CrashStore
{
    public override string Name => "SQLite";

    public override string Soundness => "PRAGMA integrity_check";

    public override DbConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "studio.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        return connection;
    }
}

/// <summary>A PostgreSQL server of the harness's own that syncs its commits, as in earnest.</summary>
internal sealed class PostgresStore(PostgresProcess server) : CrashStore
{
    public override string Name => "PostgreSQL";

    public override string ConnectionString =>
        server.ConnectionString.Replace("Database=postgres", "Database=studio", StringComparison.Ordinal);

    public override string Soundness =>
        "SELECT coalesce(min('an index is not valid: '||indexrelid::regclass::text),'ok') FROM pg_index WHERE NOT indisvalid";

    public static async Task<PostgresStore> StartAsync()
    {
        var server = await PostgresProcess.StartAsync(durable: true);
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand("CREATE DATABASE studio", connection);
        await create.ExecuteNonQueryAsync();
        return new PostgresStore(server);
    }

    public override DbConnection Open(string folder)
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        // the server of a client that was killed may still be busy with its last commit
        Execute(connection,
            "SELECT pg_terminate_backend(pid,10000) FROM pg_stat_activity WHERE datname=current_database() AND pid<>pg_backend_pid()");
        return connection;
    }

    public override void Bury(string folder)
    {
        using var connection = Open(folder);
        Execute(connection, "DELETE FROM nodes");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DisposeAsync();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
