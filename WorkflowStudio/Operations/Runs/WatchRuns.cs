using System.Runtime.CompilerServices;
using WorkflowStudio.Engine.Feed;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Tells lists which runs have changed.</summary>
public sealed class WatchRuns(RunFeed feed)
{
    /// <summary>
    /// The ids of runs that began, waited, went on or ended, at most once per <paramref name="pause"/>. Null means that there were more
    /// than can be told: read the list again.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlySet<Guid>?> ChangesAsync(
        Caller caller, TimeSpan pause, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewRuns) is not null) yield break;
        using var subscription = feed.Subscribe(caller.Tenant);
        await foreach (var batch in subscription.ReadAsync(cancellationToken))
        {
            yield return batch.Gap ? null : batch.Entries.Select(e => e.RunId).ToHashSet();
            await Task.Delay(pause, clock, cancellationToken); // what comes meanwhile is told together
        }
    }
}
