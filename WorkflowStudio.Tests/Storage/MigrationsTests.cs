using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.CompiledModel;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Identity.Storage;
using WorkflowStudio.Identity.Storage.CompiledModel;

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
        // else what was made would be compared with itself
        Assert.NotSame(StudioDbContextModel.Instance, db.GetService<IDesignTimeModel>().Model);
        Assert.False(db.Database.HasPendingModelChanges(), Advice);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void IdentityTables_AreAsTheRowsSay(string name)
    {
        using var services = IdentityServices(name);
        using var db = IdentityTables.ContextForMigrations(services);
        Assert.NotSame(IdentityDbModel.Instance, db.GetService<IDesignTimeModel>().Model);
        Assert.False(db.Database.HasPendingModelChanges(), Advice);
    }

    /// <summary>A server on SQLite starts with models that were made before: they have to say what the rows say.</summary>
    [Fact]
    public void CompiledModels_AreAsTheRowsSay()
    {
        using var services = IdentityServices("SQLite");
        using var studio = Database("SQLite").ContextForMigrations();
        using var identity = IdentityTables.ContextForMigrations(services);
        using var studioByRows = new StudioDbContext(new DbContextOptionsBuilder<StudioDbContext>().UseSqlite().Options);
        using var identityByRows = new IdentityDb(
            new DbContextOptionsBuilder<IdentityDb>().UseSqlite().UseApplicationServiceProvider(services).Options);

        Assert.Equal((StudioDbContextModel.Instance, IdentityDbModel.Instance), (studio.Model, identity.Model));
        Assert.True(Words(studioByRows.Model) == Words(studio.Model), Advice);
        Assert.True(Words(identityByRows.Model) == Words(identity.Model), Advice);
    }

    private static string Words(IModel model)
    {
        const MetadataDebugStringOptions all = MetadataDebugStringOptions.LongDefault & ~MetadataDebugStringOptions.IncludeAnnotations;
        return model.ToDebugString(all) + model.GetRelationalModel().ToDebugString(all);
    }

    private static ServiceProvider IdentityServices(string name) => new ServiceCollection()
        .AddSingleton(Database(name)).Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    // nothing is connected to: migrations and rows are compared in memory
    private static StudioDatabase Database(string name) =>
        name == "SQLite" ? new SqliteDatabase(Path.GetTempPath(), false) : new PostgresDatabase("Host=nowhere.invalid;Database=studio");
}
