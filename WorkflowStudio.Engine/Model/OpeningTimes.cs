namespace WorkflowStudio.Engine.Model;

/// <summary>When a practice is open, on its own clock.</summary>
/// <param name="Week">The times of every week, in any order; those that end before they begin are never open.</param>
public sealed record OpeningTimes(IReadOnlyList<OpenTime> Week)
{
    /// <summary>The times of single days, in place of those of their weekdays; none on a day on which it is closed.</summary>
    public IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenTime>> Days { get; init; } = new Dictionary<DateOnly, IReadOnlyList<OpenTime>>();

    /// <summary>Whether it is open on any day at all.</summary>
    public bool EverOpen => Week.Any(o => o.To > o.From) || Days.Keys.Any(day => On(day).Any());

    /// <summary>The times of a day, in their order.</summary>
    public IEnumerable<OpenTime> On(DateOnly day) =>
        (Days.TryGetValue(day, out var own) ? own : Week.Where(o => o.Weekday == day.DayOfWeek))
        .Where(o => o.To > o.From).OrderBy(o => o.From);
}
