using System.Collections.Concurrent;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>
/// Counts of runs over time, of which those that hardly change any more are kept in memory: a page that looks at ninety days counts today and
/// yesterday alone, whatever the number of runs. What is kept may be <see cref="Age"/> behind: waiting runs end, and old ones are deleted.
/// </summary>
/// <param name="figures">What counts.</param>
/// <param name="clock">The time.</param>
/// <param name="most">How many stretches of time are kept over all tenants.</param>
public sealed class KeptRunCounts(RunFigureQueries figures, TimeProvider clock, int most = 4_096)
{
    /// <summary>How long a count is kept.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Stretch, (RunCounts Counts, DateTimeOffset At)> kept = [];

    /// <summary>The number of runs by status that were started between each two neighbouring edges.</summary>
    public async Task<IReadOnlyList<RunCounts>> CountAsync(Tenant tenant, IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken)
    {
        var counts = new List<RunCounts>(Math.Max(0, edges.Count - 1));
        for (var i = 0; i + 1 < edges.Count; i++) counts.Add(await CountAsync(new Stretch(tenant, edges[i], edges[i + 1]), cancellationToken));
        return counts;
    }

    private async Task<RunCounts> CountAsync(Stretch stretch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (kept.TryGetValue(stretch, out var known) && IsFresh(known.At, now)) return known.Counts;
        var counts = (await figures.CountAsync(stretch.Tenant, [stretch.From, stretch.To], cancellationToken))[0];
        if (stretch.To < now - Settled) Keep(stretch, counts, now);
        return counts;
    }

    private void Keep(Stretch stretch, RunCounts counts, DateTimeOffset now)
    {
        if (kept.Count >= most)
        {
            foreach (var (old, value) in kept)
                if (!IsFresh(value.At, now)) kept.TryRemove(old, out _);
            if (kept.Count >= most) kept.Clear(); // counted anew at the next look
        }

        kept[stretch] = (counts, now);
    }

    // in both directions: a clock that was set back must not keep a count for longer
    private static bool IsFresh(DateTimeOffset at, DateTimeOffset now) => (now - at).Duration() < Age;

    private readonly record struct Stretch(Tenant Tenant, DateTimeOffset From, DateTimeOffset To);
}
