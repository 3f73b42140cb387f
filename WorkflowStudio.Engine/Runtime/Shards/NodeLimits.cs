using System.Collections.Concurrent;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>What one node allows itself.</summary>
public sealed class NodeLimits
{
    /// <summary>How many runs may be in execution at once.</summary>
    public const int MostRuns = 1_024;

    /// <summary>How many of them may usually be of one workspace.</summary>
    public const int MostPerWorkspace = MostRuns * 3 / 4;

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> shares = new();

    /// <summary>How long steps that are under way may go on when the app stops, before they are cut off; 10 seconds.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many of them may be of one workspace, so that a flood in one leaves places to the others; 768.</summary>
    public int PerWorkspace { get; init; } = MostPerWorkspace;

    internal SemaphoreSlim Runs { get; } = new(MostRuns, MostRuns);

    /// <summary>The one place for a run that may be what kills the server.</summary>
    internal SemaphoreSlim Suspects { get; } = new(1, 1);

    /// <summary>Works on a run that has a place, once its workspace may have one more in execution; until then the place is left to others.</summary>
    internal async Task WithinShareAsync(Guid workspace, Func<Task> work, CancellationToken cancellationToken)
    {
        var share = shares.GetOrAdd(workspace, _ => new SemaphoreSlim(PerWorkspace, PerWorkspace));
        if (!share.Wait(0, CancellationToken.None)) await LeavePlaceAsync(share, cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            share.Release();
        }
    }

    private async Task LeavePlaceAsync(SemaphoreSlim share, CancellationToken cancellationToken)
    {
        Runs.Release();
        try
        {
            await share.WaitAsync(cancellationToken);
        }
        finally
        {
            await Runs.WaitAsync(CancellationToken.None); // whoever called gives it back
        }
    }
}
