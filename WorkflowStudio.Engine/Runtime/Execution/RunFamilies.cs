using System.Collections.Concurrent;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Keeps workflows that start each other from filling the studio: of the runs that descend from one, so many may be open at once. Depth
/// alone does not bound it, for a workflow that starts itself twice has two runs, then four, then eight.
/// </summary>
internal sealed class RunFamilies(IJournal journal, TimeProvider clock)
{
    /// <summary>
    /// How many runs that descend from one may be open at once; a for-each of the largest size may start one for each item.
    /// </summary>
    public const int MostOpen = 10_000;

    private readonly FamilyCounts counts = new(clock);

    /// <summary>
    /// Whether one more may be started. What other nodes started since the last look, at most a second ago, is not counted.
    /// </summary>
    public async ValueTask<bool> HasRoomAsync(Guid rootId, CancellationToken cancellationToken)
    {
        var family = counts.Of(rootId) ?? counts.Set(rootId, await journal.OpenInFamilyAsync(rootId, MostOpen, cancellationToken));
        return family.Add(1) <= MostOpen;
    }
}

/// <summary>
/// How many runs of a family are open, as far as that is known: counted at most once a second, for it takes reading as many entries of an
/// index.
/// </summary>
internal sealed class FamilyCounts(TimeProvider clock)
{
    private const int MostKnown = 1_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Known> known = new();

    /// <summary>What was counted a moment ago; null when it has to be counted.</summary>
    public Known? Of(Guid rootId) =>
        known.TryGetValue(rootId, out var family) && (clock.GetUtcNow() - family.At).Duration() <= Fresh ? family : null;

    /// <summary>Keeps what was counted.</summary>
    public Known Set(Guid rootId, int open)
    {
        if (known.Count >= MostKnown) known.Clear();
        return known[rootId] = new Known(clock.GetUtcNow(), open);
    }

    /// <summary>A count, and what was started since.</summary>
    internal sealed class Known(DateTimeOffset at, int counted)
    {
        private int open = counted;

        public DateTimeOffset At => at;

        /// <summary>Counts more, and answers how many there are.</summary>
        public int Add(int more) => Interlocked.Add(ref open, more);
    }
}
