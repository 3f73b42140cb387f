using Microsoft.EntityFrameworkCore;
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
        readiness.Set(Readiness.Engine, () => pumps.Owned == RunBell.Shards);
        await using var scope = app.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<FirstStart>();
        await first.RunAsync(app.Lifetime.ApplicationStopping);
        app.Lifetime.ApplicationStarted.Register(() => first.Announce(app.Urls));
        log.LogInformation("Data folder {Folder}", options.DataFolder);
    }

    public static async Task MigrateAsync(IServiceProvider services, ILogger log, CancellationToken cancellationToken)
    {
        var version = await StudioDatabase.SqliteVersionAsync(services, cancellationToken);
        var applied = await StudioDatabase.MigrateAsync(services, cancellationToken) + await IdentityTables.MigrateAsync(services, cancellationToken);
        log.LogInformation("SQLite {Version}, {Applied} migrations applied", version, applied);
    }
}
