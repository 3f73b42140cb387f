using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Shared;

/// <summary>Keeps a page up to date with the runs of its environment until the page is closed, see <see cref="Following"/>.</summary>
internal sealed class LiveUpdates(WatchRuns watch, TimeProvider clock)
{
    /// <summary>For lists, where each change is one row.</summary>
    public static readonly TimeSpan Rows = TimeSpan.FromMilliseconds(300);

    /// <summary>For pages that are read anew as a whole.</summary>
    public static readonly TimeSpan Pages = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Calls <paramref name="refresh"/> with the ids of the runs that have changed, or null when the page has to be read anew: at the
    /// beginning, after too many, and after an interruption. Ends quietly with the page.
    /// </summary>
    public Task FollowAsync(Caller caller, TimeSpan pause, Func<IReadOnlySet<Guid>?, Task> refresh, CancellationToken cancellationToken) =>
        Following.UntilClosedAsync(
            async () =>
            {
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var changes = watch.ChangesAsync(caller, pause, clock, ended.Token).GetAsyncEnumerator(ended.Token);
                var next = changes.MoveNextAsync().AsTask(); // from here on nothing is missed
                try
                {
                    await refresh(null); // the page was read before
                    for (; await next; next = changes.MoveNextAsync().AsTask()) await refresh(changes.Current);
                }
                finally
                {
                    await ended.CancelAsync();
                    await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it cannot be disposed before it has moved
                    await changes.DisposeAsync();
                }
            },
            clock,
            cancellationToken);
}
