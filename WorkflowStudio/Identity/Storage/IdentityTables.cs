using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity.Storage;

/// <summary>Registers and migrates the tables of identity.</summary>
internal static class IdentityTables
{
    public static IServiceCollection AddIdentityTables(this IServiceCollection services)
    {
        // the schema with passkeys; the context reads it from the application's services
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddSingleton<SessionTable>().AddSingleton<IPeople, PeopleTable>().AddSingleton<IInvitations, InvitationTable>()
            .AddSingleton<IResetLinks, ResetLinkTable>();
        return services.AddDbContextFactory<IdentityDb>((provider, o) => Use(provider.GetRequiredService<StudioDatabase>(), o));
    }

    public static IdentityBuilder AddIdentityStores(this IdentityBuilder builder) => builder.AddUserStore<StudioUserStore>();

    public static Task<int> CountAsync(IQueryable<StudioUser> users, CancellationToken cancellationToken) =>
        users.CountAsync(cancellationToken);

    /// <summary>Makes the model of the tables, which whoever uses them first would have to do.</summary>
    public static void Learn(IServiceProvider services)
    {
        using var db = ContextForMigrations(services);
        _ = db.Model.GetRelationalModel();
    }

    public static async Task<int> PendingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations(services);
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
    }

    /// <summary>Why this version cannot work with the tables, and what to do; null when it can, or can bring them up to date.</summary>
    public static async Task<string?> RefuseAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations(services);
        return await services.GetRequiredService<StudioDatabase>().RefuseAsync(db, cancellationToken);
    }

    public static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations(services);
        return await services.GetRequiredService<StudioDatabase>().MigrateAsync(db, cancellationToken);
    }

    /// <summary>A context that may change the tables.</summary>
    public static IdentityDb ContextForMigrations(IServiceProvider services)
    {
        var database = services.GetRequiredService<StudioDatabase>();
        if (database is PostgresDatabase postgres)
        {
            var options = new DbContextOptionsBuilder<PostgresIdentityDb>().UseApplicationServiceProvider(services);
            postgres.ForMigrations(options, IdentityDb.HistoryTable);
            return new PostgresIdentityDb((DbContextOptions<PostgresIdentityDb>)options.Options);
        }

        var ofFile = new DbContextOptionsBuilder<IdentityDb>().UseApplicationServiceProvider(services);
        Use(database, ofFile);
        return new IdentityDb((DbContextOptions<IdentityDb>)ofFile.Options);
    }

    private static void Use(StudioDatabase database, DbContextOptionsBuilder options)
    {
        database.ForUse(options, IdentityDb.HistoryTable);
#if COMPILED_MODEL
        if (database is Engine.Storage.Sqlite.SqliteDatabase) options.UseModel(CompiledModel.IdentityDbModel.Instance);
#endif
    }
}
