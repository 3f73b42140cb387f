using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Tests.Support.Postgres;

/// <summary>The PostgreSQL of the tests. Each test gets a database of its own, copied from one whose tables are there.</summary>
public sealed class PostgresServer : TestStore, IAsyncLifetime
{
    private const string Template = "studio_template";
    private const string StudioDatabaseName = "studio_whole";

    private PostgresProcess? process;
    private string server = "";
    private int databases;
    private StudioApp? studio;

    /// <summary>The whole app over a database of its own; made where it is asked for.</summary>
    internal StudioApp Studio => studio ??= new StudioApp { Settings = { ["STUDIO_DATABASE"] = Of(StudioDatabaseName) } };

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.Server is null) process = await PostgresProcess.StartAsync(durable: false);
        server = PostgresBinaries.Server ?? process!.ConnectionString;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {Template}");
        await ExecuteAsync($"CREATE DATABASE {Template}");
        await ExecuteAsync($"DROP DATABASE IF EXISTS {StudioDatabaseName} WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE {StudioDatabaseName}");
        using var template = new PostgresDatabase(Of(Template));
        await template.MigrateAsync(CancellationToken.None);
        await using var services = new ServiceCollection().AddSingleton<StudioDatabase>(template)
            .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();
        await IdentityTables.MigrateAsync(services, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (studio is not null) await studio.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (process is not null) await process.DisposeAsync();
    }

    /// <summary>An empty database without tables.</summary>
    internal async Task<string> EmptyAsync()
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name}");
        return Of(name);
    }

    internal override async Task<TestDatabase> NewAsync()
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return new PostgresTestDatabase(this, name);
    }

    private string NewName() => $"studio_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";

    private string Of(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database }.ToString();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class PostgresTestDatabase(PostgresServer server, string name) : TestDatabase
    {
        private readonly List<PostgresDatabase> open = [];

        public override StudioDatabase Open()
        {
            var database = new PostgresDatabase(server.Of(name));
            open.Add(database);
            return database;
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var database in open) database.Dispose();
            await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }
}

/// <summary>The suites over PostgreSQL share the server and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}
