using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Hosting;

/// <summary>What happens between building the app and answering the first request.</summary>
internal static class Preparation
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>Serves until the app is stopped; answers why it did not start.</summary>
    public static async Task<Refusal?> ServeAsync(this WebApplication app, StudioOptions options, DataFolderLock folder)
    {
        var database = app.Services.GetRequiredService<StudioDatabase>();
        try
        {
            if (await app.PrepareAsync(options, folder, database) is { } refusal) return refusal;
            await app.RunAsync();
            folder.End();
            return null;
        }
        catch (Exception e) when (StartFailures.Of(e, database) is not null)
        {
            return StartFailures.Of(e, database);
        }
    }

    /// <summary>Why the tables cannot be used; null when they are up to date.</summary>
    public static async Task<Refusal?> MigrateAsync(IServiceProvider services, ILogger log, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<StudioDatabase>();
        if (await RefuseAsync(services, cancellationToken) is { } refusal) return refusal;
        var pending = await database.PendingAsync(cancellationToken) + await IdentityTables.PendingAsync(services, cancellationToken);
        var applied = 0;
        if (pending > 0)
        {
            log.LogInformation("Database: {Pending} migrations to apply to {Place}", pending, database.Place);
            applied = await database.MigrateAsync(cancellationToken) + await IdentityTables.MigrateAsync(services, cancellationToken);
            if (await RefuseAsync(services, cancellationToken) is { } after) return after;
        }

        log.LogInformation(
            "{Database} {Version}, {Applied} migrations applied", database.Name, await database.VersionAsync(cancellationToken), applied);
        return null;
    }

    /// <summary>
    /// Lets EF Core learn what the tables look like beside whatever else a start does: that takes longer than all of the rest. What goes
    /// wrong in it goes wrong again where the tables are used, and is told there.
    /// </summary>
    public static void LearnTables(this WebApplication app)
    {
        _ = Task.Run(app.Services.GetRequiredService<StudioDatabase>().Learn);
        _ = Task.Run(() => IdentityTables.Learn(app.Services));
    }

    /// <summary>Why this version cannot work with the tables that are there; null when it can, or can bring them up to date.</summary>
    public static async Task<Refusal?> RefuseAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await services.GetRequiredService<StudioDatabase>().RefuseAsync(cancellationToken) is { } why ? new Refusal(2, why)
        : await IdentityTables.RefuseAsync(services, cancellationToken) is { } whyNot ? new Refusal(2, whyNot)
        : null;

    private static async Task<Refusal?> PrepareAsync(
        this WebApplication app, StudioOptions options, DataFolderLock folder, StudioDatabase database)
    {
        var (stopping, urls) = (app.Lifetime.ApplicationStopping, ListenAddresses.Of(app.Configuration));
        // a server of tests listens on nothing
        var listens = app.Services.GetRequiredService<IServer>().GetType().FullName!.StartsWith(Kestrel, StringComparison.Ordinal);
        if (listens && ListenAddresses.RefuseTaken(urls) is { } taken) return taken;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("WorkflowStudio.Start");
        foreach (var note in app.Services.GetServices<StartupNote>()) log.LogWarning("{Note}", note.Text);
        if (!database.IsShared && folder.MissingLog() is { } lost) log.LogCritical("{Lost}", lost);
        folder.Begin(app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (await MigrateAsync(app.Services, log, stopping) is { } refusal) return refusal;
        var readiness = app.Services.GetRequiredService<Readiness>();
        var (pumps, watch) = (app.Services.GetRequiredService<ShardPumps>(), app.Services.GetRequiredService<DatabaseWatch>());
        readiness.Set(Readiness.Database, () => watch.State);
        readiness.Set(Readiness.Engine, () => pumps.Owned + pumps.OwnedElsewhere >= RunBell.Shards ? Readiness.Ready : Readiness.Starting);
        await using var scope = app.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<FirstStart>();
        await database.AloneAsync(() => BeginAsync(app.Services, first, stopping), stopping);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            first.Announce(app.Urls);
            folder.Change(folder.Note with { Addresses = [.. app.Urls] });
        });
        log.LogInformation("Data folder {Folder}", options.DataFolder);
        return null;
    }

    // of nodes that start at once the first makes the key ring and the demo, the others find them
    private static async Task BeginAsync(IServiceProvider services, FirstStart first, CancellationToken cancellationToken)
    {
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
        await first.RunAsync(cancellationToken);
    }
}
