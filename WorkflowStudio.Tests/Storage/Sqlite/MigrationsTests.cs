using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Tests.Storage.Sqlite;

/// <summary>The migrations are generated from the rows: a row that changed without them would only be found by the first user.</summary>
public sealed class MigrationsTests
{
    [Fact]
    public void StudioTables_AreAsTheRowsSay()
    {
        using var db = new SqliteDatabase(Path.GetTempPath(), false).ContextForMigrations();
        Assert.False(db.Database.HasPendingModelChanges(), "The rows have changed: run tools/EfDesign/regenerate.");
    }

    [Fact]
    public void IdentityTables_AreAsTheRowsSay()
    {
        using var services = new ServiceCollection().Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<IdentityDb>().UseApplicationServiceProvider(services);
        options.UseStudioSqlite(Path.GetTempPath(), IdentityDb.HistoryTable);
        using var db = new IdentityDb((DbContextOptions<IdentityDb>)options.Options);
        Assert.False(db.Database.HasPendingModelChanges(), "The rows have changed: run tools/EfDesign/regenerate.");
    }
}
