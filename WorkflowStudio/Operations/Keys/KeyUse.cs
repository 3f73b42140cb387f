using System.Collections.Concurrent;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Keys;

namespace WorkflowStudio.Operations.Keys;

/// <summary>When keys were last used: noted in memory by every request, written at most once a minute, in nobody's way.</summary>
internal sealed class KeyUse(IStudioWriter writer, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, (Guid WorkspaceId, DateTimeOffset At)> used = new();

    /// <summary>A key was used just now.</summary>
    public void Note(Guid workspaceId, Guid keyId) => used[keyId] = (workspaceId, clock.GetUtcNow());

    /// <summary>Writes what came since the last time; answers how many keys were used.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var group in used.ToArray().GroupBy(u => u.Value.WorkspaceId))
        {
            var keys = group.Select(u => (Id: u.Key, u.Value.At)).ToList();
            await writer.WriteAsync(
                group.Key,
                write =>
                {
                    foreach (var (id, at) in keys) KeyStore.NoteUse(write, id, at);
                    return 0;
                },
                cancellationToken);
            // one that was used meanwhile is written the next time
            foreach (var key in group) used.TryRemove(key);
            count += keys.Count;
        }

        return count;
    }
}

/// <summary>Writes it every minute, and when the server stops.</summary>
internal sealed class KeyUseNotes(KeyUse use, TimeProvider clock, ILogger<KeyUseNotes> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(stoppingToken);
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await use.RunOnceAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogDebug(e, "When keys were last used could not be written"); // the next time
        }
    }
}
