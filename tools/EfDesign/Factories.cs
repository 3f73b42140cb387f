using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Identity.Storage;

Console.WriteLine("This project is for `dotnet ef` only: see docs/operations.md, \"Migrations\".");

internal sealed class StudioFactory : IDesignTimeDbContextFactory<StudioDbContext>
{
    public StudioDbContext CreateDbContext(string[] args) =>
        new((DbContextOptions<StudioDbContext>)new DbContextOptionsBuilder<StudioDbContext>().UseStudioSqlite(".", StudioDbContext.HistoryTable).Options);
}

internal sealed class IdentityFactory : IDesignTimeDbContextFactory<IdentityDb>
{
    // the version of identity's schema is read from the application's services
    public IdentityDb CreateDbContext(string[] args) =>
        new((DbContextOptions<IdentityDb>)new DbContextOptionsBuilder<IdentityDb>()
            .UseStudioSqlite(".", IdentityDb.HistoryTable)
            .UseApplicationServiceProvider(new ServiceCollection().Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider())
            .Options);
}
