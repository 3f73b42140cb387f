using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Identity.Storage;

Console.WriteLine("This project is for `dotnet ef` only: see docs/operations.md, \"Migrations\".");

internal sealed class StudioFactory : IDesignTimeDbContextFactory<StudioDbContext>
{
    public StudioDbContext CreateDbContext(string[] args) => new SqliteDatabase(".", false).ContextForMigrations();
}

internal sealed class PostgresStudioFactory : IDesignTimeDbContextFactory<PostgresStudioDbContext>
{
    public PostgresStudioDbContext CreateDbContext(string[] args) => (PostgresStudioDbContext)Design.Postgres.ContextForMigrations();
}

internal sealed class IdentityFactory : IDesignTimeDbContextFactory<IdentityDb>
{
    public IdentityDb CreateDbContext(string[] args) =>
        IdentityTables.ContextForMigrations(Design.Services(new SqliteDatabase(".", false)));
}

internal sealed class PostgresIdentityFactory : IDesignTimeDbContextFactory<PostgresIdentityDb>
{
    public PostgresIdentityDb CreateDbContext(string[] args) =>
        (PostgresIdentityDb)IdentityTables.ContextForMigrations(Design.Services(Design.Postgres));
}

internal static class Design
{
    // nothing connects to it
    public static PostgresDatabase Postgres => new("Host=localhost;Database=design");

    // the version of identity's schema is read from the application's services
    public static ServiceProvider Services(StudioDatabase database) => new ServiceCollection()
        .AddSingleton(database).Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();
}
