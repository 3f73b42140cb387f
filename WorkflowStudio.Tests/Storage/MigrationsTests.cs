using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Tests.Storage;

/// <summary>The migrations are generated from the rows: a row that changed without them would only be found by the first user.</summary>
public sealed class MigrationsTests
{
    private const string Advice = "The rows have changed: run tools/EfDesign/regenerate.";

    public static TheoryData<string> Databases => ["SQLite", "PostgreSQL"];

    [Theory]
    [MemberData(nameof(Databases))]
    public void StudioTables_AreAsTheRowsSay(string name)
    {
        using var db = Database(name).ContextForMigrations();
        Assert.False(db.Database.HasPendingModelChanges(), Advice);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void IdentityTables_AreAsTheRowsSay(string name)
    {
        using var services = new ServiceCollection().AddSingleton(Database(name)).Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();
        using var db = IdentityTables.ContextForMigrations(services);
        Assert.False(db.Database.HasPendingModelChanges(), Advice);
    }

    // nothing is connected to: migrations and rows are compared in memory
    private static StudioDatabase Database(string name) => name == "SQLite" ? new SqliteDatabase(Path.GetTempPath(), false) : new PostgresDatabase("Host=nowhere.invalid;Database=studio");
}
