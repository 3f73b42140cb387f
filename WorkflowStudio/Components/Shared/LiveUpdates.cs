using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Shared;

/// <summary>Keeps a page up to date with the runs of its environment until the page is closed.</summary>
internal sealed class LiveUpdates(WatchRuns watch, TimeProvider clock)
{
    /// <summary>For lists, where each change is one row.</summary>
    public static readonly TimeSpan Rows = TimeSpan.FromMilliseconds(300);

    /// <summary>For pages that are read anew as a whole.</summary>
    public static readonly TimeSpan Pages = TimeSpan.FromSeconds(2);

    /// <summary>Calls <paramref name="refresh"/> with the ids of the runs that have changed, or null when the page has to be read anew: at the beginning, and after too many. Ends quietly with the page.</summary>
    public async Task FollowAsync(Caller caller, TimeSpan pause, Func<IReadOnlySet<Guid>?, Task> refresh, CancellationToken cancellationToken)
    {
        try
        {
            await using var changes = watch.ChangesAsync(caller, pause, clock, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var next = changes.MoveNextAsync(); // from here on nothing is missed
            await refresh(null); // the page was read before
            for (; await next; next = changes.MoveNextAsync()) await refresh(changes.Current);
        }
        catch (OperationCanceledException)
        {
            // the page was closed
        }
        catch (ObjectDisposedException)
        {
            // the page was closed between an update and its drawing
        }
    }
}
