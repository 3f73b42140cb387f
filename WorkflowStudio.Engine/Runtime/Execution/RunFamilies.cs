using System.Collections.Concurrent;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Keeps workflows that start each other from filling the studio: of the runs that descend from one, so many may be open at once. Depth alone
/// does not bound it, for a workflow that starts itself twice has two runs, then four, then eight.
/// </summary>
internal sealed class RunFamilies(IJournal journal, TimeProvider clock)
{
    /// <summary>How many runs that descend from one may be open at once; a for-each of the largest size may start one for each item.</summary>
    public const int MostOpen = 10_000;

    private const int MostKnown = 1_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Known> known = new();

    /// <summary>Whether one more may be started. What other nodes started since the last look, at most a second ago, is not counted.</summary>
    public async ValueTask<bool> HasRoomAsync(Guid rootId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!known.TryGetValue(rootId, out var family) || (now - family.At).Duration() > Fresh)
        {
            if (known.Count >= MostKnown) known.Clear();
            known[rootId] = family = new Known(now) { Open = await journal.OpenInFamilyAsync(rootId, MostOpen, cancellationToken) };
        }

        return Interlocked.Increment(ref family.Open) <= MostOpen;
    }

    private sealed class Known(DateTimeOffset at)
    {
        /// <summary>How many were open at the look, and started since.</summary>
        public int Open;

        public DateTimeOffset At => at;
    }
}
