using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Identity.Storage;

/// <summary>Registers and migrates the tables of identity.</summary>
internal static class IdentityTables
{
    public static IServiceCollection AddIdentityTables(this IServiceCollection services, string dataFolder)
    {
        // the schema with passkeys; the context reads it from the application's services
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        return services.AddDbContextFactory<IdentityDb>(o => o.UseStudioSqlite(dataFolder, IdentityDb.HistoryTable));
    }

    public static IdentityBuilder AddIdentityStores(this IdentityBuilder builder) => builder.AddEntityFrameworkStores<IdentityDb>();

    public static Task<int> CountAsync(IQueryable<StudioUser> users, CancellationToken cancellationToken) => users.CountAsync(cancellationToken);

    public static async Task<int> PendingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<IdentityDb>>().CreateDbContextAsync(cancellationToken);
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
    }

    public static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<IdentityDb>>().CreateDbContextAsync(cancellationToken);
        return await Migrator.MigrateAsync(db, cancellationToken);
    }
}
