using Microsoft.AspNetCore.DataProtection;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Hosting;

/// <summary>What happens between building the app and answering the first request.</summary>
internal static class Preparation
{
    public static async Task PrepareAsync(this WebApplication app, StudioOptions options)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("WorkflowStudio.Start");
        foreach (var note in app.Services.GetServices<StartupNote>()) log.LogWarning("{Note}", note.Text);
        await MigrateAsync(app.Services, log, app.Lifetime.ApplicationStopping);
        var readiness = app.Services.GetRequiredService<Readiness>();
        var pumps = app.Services.GetRequiredService<ShardPumps>();
        readiness.Set(Readiness.Database, () => true);
        readiness.Set(Readiness.Engine, () => pumps.Owned + pumps.OwnedElsewhere >= RunBell.Shards);
        await using var scope = app.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<FirstStart>();
        await app.Services.GetRequiredService<StudioDatabase>().AloneAsync(() => BeginAsync(app.Services, first, app.Lifetime.ApplicationStopping), app.Lifetime.ApplicationStopping);
        app.Lifetime.ApplicationStarted.Register(() => first.Announce(app.Urls));
        log.LogInformation("Data folder {Folder}", options.DataFolder);
    }

    public static async Task MigrateAsync(IServiceProvider services, ILogger log, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<StudioDatabase>();
        var version = await database.VersionAsync(cancellationToken);
        var applied = await database.MigrateAsync(cancellationToken) + await IdentityTables.MigrateAsync(services, cancellationToken);
        log.LogInformation("{Database} {Version}, {Applied} migrations applied", database.Name, version, applied);
    }

    // of nodes that start at once the first makes the key ring and the demo, the others find them
    private static async Task BeginAsync(IServiceProvider services, FirstStart first, CancellationToken cancellationToken)
    {
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
        await first.RunAsync(cancellationToken);
    }
}
