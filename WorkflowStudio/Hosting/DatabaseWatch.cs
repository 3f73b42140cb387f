using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Hosting;

/// <summary>
/// Looks after the database beside the work: through the file after a crash, once a second whether what could not be written can be again,
/// and how much lies in the log only.
/// </summary>
internal sealed class DatabaseWatch(StudioDatabase database, StoreTrouble trouble, StoreProbe probe, DataFolderLock folder,
    StudioOptions options, TimeProvider clock, ILogger<DatabaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private volatile bool isDamaged;
    private (uint Sequence, long Before, long Now) counted;

    /// <summary>How the database is, as <c>/health/ready</c> says it.</summary>
    public string State => isDamaged ? StoreFault.Damaged.InWords() + ": restore a backup" : trouble.Present?.InWords() ?? Readiness.Ready;

    /// <summary>Looks through the file. It takes time with its size, so the server works meanwhile.</summary>
    public async Task GlanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var damages = await database.GlanceAsync(cancellationToken);
            isDamaged = damages.Count > 0;
            if (isDamaged)
                log.LogCritical("{Place} is damaged: {Damages}. {Advice}", database.Place, string.Join("; ", damages),
                    "Stop the server and put a backup in its place with the command restore FILE; check tells more");
            else log.LogInformation("The last life did not end in order; the database was looked through and is whole");
        }
        catch (Exception e) when (e is not OperationCanceledException && database.Explain(e) is not null)
        {
            isDamaged = database.FaultOf(e) == StoreFault.Damaged;
            log.LogCritical("{Why}", database.Explain(e));
        }
    }

    /// <summary>One look.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (trouble.Present is not null) await probe.TryAsync(cancellationToken);
        if (database is not SqliteDatabase file) return;
        var sequence = SqliteLog.Read(options.DataFolder).Sequence;
        // what was committed before the last look may be in the log that began anew, or in its place: as if it were
        if (sequence != counted.Sequence) counted = (sequence, counted.Now, counted.Now);
        counted.Now = file.Commits;
        folder.Change(folder.Note with { InLog = counted.Now - counted.Before });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var glance = folder.IsAfterCrash ? GlanceAsync(stoppingToken) : Task.CompletedTask;
        using var timer = new PeriodicTimer(BetweenLooks, clock);
        try
        {
            do await RunOnceAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }

        await glance.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
