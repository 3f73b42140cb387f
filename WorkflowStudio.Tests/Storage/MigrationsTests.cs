using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
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
        using var services = IdentityServices(name);
        using var db = IdentityTables.ContextForMigrations(services);
        Assert.False(db.Database.HasPendingModelChanges(), Advice);
    }

    /// <summary>A server on SQLite starts with models that were made before: they have to say what the rows say.</summary>
    [Fact]
    public void CompiledModels_AreAsTheRowsSay()
    {
        using var studio = Database("SQLite").ContextForMigrations();
        using var identity = IdentityTables.ContextForMigrations(IdentityServices("SQLite"));
        foreach (var (compiled, options) in new (DbContext, Func<DbContext>)[] { (studio, () => new ByRows(Options(studio))), (identity, () => new IdentityByRows(Options(identity))) })
        {
            using var byRows = options();
            Assert.Contains(".CompiledModel.", compiled.Model.GetType().FullName, StringComparison.Ordinal);
            Assert.DoesNotContain(".CompiledModel.", byRows.Model.GetType().FullName, StringComparison.Ordinal);
            Assert.True(Words(byRows.Model) == Words(compiled.Model), Advice);
        }
    }

    private static string Words(IModel model) => model.ToDebugString(MetadataDebugStringOptions.LongDefault & ~MetadataDebugStringOptions.IncludeAnnotations)
        + model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault & ~MetadataDebugStringOptions.IncludeAnnotations);

    private static DbContextOptions Options(DbContext db) => (DbContextOptions)db.GetService<IDbContextOptions>();

    private static ServiceProvider IdentityServices(string name) => new ServiceCollection()
        .AddSingleton(Database(name)).Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();

    // a compiled model is that of one type, not of those that derive from it
    private sealed class ByRows(DbContextOptions options) : StudioDbContext(options);

    private sealed class IdentityByRows(DbContextOptions options) : IdentityDb(options);

    // nothing is connected to: migrations and rows are compared in memory
    private static StudioDatabase Database(string name) => name == "SQLite" ? new SqliteDatabase(Path.GetTempPath(), false) : new PostgresDatabase("Host=nowhere.invalid;Database=studio");
}
