using Npgsql;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Bench;

/// <summary>The nodes under load, and their database.</summary>
internal sealed class ServersUnderLoad : IAsyncDisposable
{
    // beside its preset durability: connections for three nodes, and the preset cache instead of that of the tests
    private const string Settings = "-c max_connections=300 -c shared_buffers=128MB";

    private readonly List<ServerUnderLoad> nodes = [];
    private PostgresProcess? postgres;

    private ServersUnderLoad()
    {
    }

    /// <summary>The servers, at least one.</summary>
    public IReadOnlyList<ServerUnderLoad> Nodes => nodes;

    /// <summary>What they write to.</summary>
    public LoadStore Store { get; private set; } = null!;

    public static async Task<ServersUnderLoad> StartAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var servers = new ServersUnderLoad();
        try
        {
            var database = options.Postgres ? await servers.StartPostgresAsync(cancellationToken) : options.Database;
            servers.nodes.Add(await ServerUnderLoad.StartAsync(options.Data, cancellationToken, database, options.Metrics));
            while (servers.nodes.Count < options.Nodes) servers.nodes.Add(await servers.nodes[0].StartFurtherAsync(cancellationToken));
            servers.Store = database is null ? LoadStore.Sqlite(servers.nodes[0].Database) : LoadStore.Postgres(database);
            if (options.Nodes > 1) await servers.UntilSharedAsync(cancellationToken);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        if (postgres is not null) await postgres.DisposeAsync();
    }

    private async Task<string> StartPostgresAsync(CancellationToken cancellationToken)
    {
        postgres = await PostgresProcess.StartAsync(durable: true, Settings);
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("CREATE DATABASE studio", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "studio" }.ToString();
    }

    private async Task UntilSharedAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await Store.SharersAsync(RunBell.Shards / nodes.Count) == nodes.Count) return;
            await Task.Delay(100, cancellationToken);
        }

        throw new TimeoutException("The nodes did not share the work within a minute.");
    }
}
