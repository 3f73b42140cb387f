using WorkflowStudio.Engine.Feed;

namespace WorkflowStudio.Components.Runs;

/// <summary>
/// The axis of the timeline. Time in which steps work is drawn to scale; time in which nothing works is shortened, so that a wait of days
/// leaves room for the seconds beside it.
/// </summary>
internal sealed class TimelinePlan
{
    // a stretch without work takes at most this share of all the work
    private const double IdleShare = 0.35;

    private readonly List<DateTimeOffset> cuts;
    private readonly List<double> places; // of each cut, 0 to 1

    private TimelinePlan(List<DateTimeOffset> cuts, List<double> places, DateTimeOffset now) =>
        (this.cuts, this.places, Now) = (cuts, places, now);

    /// <summary>The time up to which open stretches are drawn.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The first time on the axis.</summary>
    public DateTimeOffset Start => cuts[0];

    /// <summary>The last time on the axis: now, the end of the run, or the end of the longest wait.</summary>
    public DateTimeOffset End => cuts[^1];

    /// <summary>Plans an axis.</summary>
    public static TimelinePlan Of(DateTimeOffset startedAt, DateTimeOffset now, IEnumerable<StepStretch> stretches)
    {
        var all = stretches.ToList();
        var work = all.Where(s => !s.IsWait).Select(s => (s.From, To: s.To ?? now)).ToList();
        var cuts = new SortedSet<DateTimeOffset> { startedAt, now };
        foreach (var s in all)
        {
            cuts.Add(s.From);
            cuts.Add(s.EndOf(now));
        }

        var times = cuts.ToList();
        var pieces = times.Zip(times.Skip(1),
            (from, to) => (Length: (to - from).TotalSeconds, Works: work.Any(w => w.From < to && w.To > from))).ToList();
        var most = Math.Max(0.5, IdleShare * pieces.Where(p => p.Works).Sum(p => p.Length));
        var widths = pieces.Select(p => p.Works ? p.Length : Math.Min(p.Length, most)).ToList();
        var sum = widths.Sum();
        var places = new List<double> { 0 };
        foreach (var width in widths) places.Add(places[^1] + (sum > 0 ? width / sum : 0));
        return new TimelinePlan(times, places, now);
    }

    /// <summary>Where a time stands, 0 to 1.</summary>
    public double Place(DateTimeOffset time)
    {
        var next = cuts.FindIndex(c => c >= time);
        if (next < 0) return 1;
        if (next == 0) return 0;
        var (from, to) = (cuts[next - 1], cuts[next]);
        return places[next - 1] + ((places[next] - places[next - 1]) * ((time - from) / (to - from)));
    }
}
