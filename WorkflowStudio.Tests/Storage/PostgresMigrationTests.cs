using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Tests.Support.Fakes;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Storage;

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresMigrationTests(PostgresServer server)
{
    [Fact]
    public async Task FirstStart_OnAnEmptyDatabase_LogsNoError()
    {
        var log = new KeptLog();
        using var database = new PostgresDatabase(await server.EmptyAsync());
        await using var services = new ServiceCollection().AddLogging(l => l.AddProvider(log)).AddSingleton<StudioDatabase>(database)
            .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();

        await database.MigrateAsync(CancellationToken.None);
        Assert.Equal(1, await IdentityTables.MigrateAsync(services, CancellationToken.None));

        Assert.Empty(log.Lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text));
        Assert.NotEmpty(log.Lines); // it was listened to
    }
}
