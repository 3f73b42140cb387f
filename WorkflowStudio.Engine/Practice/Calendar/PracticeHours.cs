using NodaTime;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>
/// When the practice is open, on its own clock. What the clock skips is as much later, of the two in an overlap it is the first.
/// </summary>
/// <param name="TimeZone">The IANA zone; an unknown one counts as UTC.</param>
/// <param name="Open">The times of the week, in any order; those that end before they begin are never open.</param>
public sealed record PracticeHours(string TimeZone, IReadOnlyList<OpenTime> Open)
{
    private const int DaysOfWeek = 7;

    /// <summary>The times of single days, in place of those of their weekdays.</summary>
    public IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenTime>> Days { get; init; } = new Dictionary<DateOnly, IReadOnlyList<OpenTime>>();

    private OpeningTimes Times => new(Open) { Days = Days };

    private DateTimeZone Zone => TimeZones.FindOrUtc(TimeZone);

    /// <summary>The time itself when the practice is open then, else its next opening; null when it never opens.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset from)
    {
        var now = Instant.FromDateTimeOffset(from);
        var first = now.InZone(Zone).Date;
        // each day of its own takes one away at most
        var next = Enumerable.Range(0, DaysOfWeek + 1 + Days.Count).SelectMany(d => On(first.PlusDays(d)))
            .Where(o => o.End > now && o.End > o.Start).Cast<(Instant Start, Instant End)?>().FirstOrDefault();
        return next is { } opening ? Instant.Max(opening.Start, now).InZone(Zone).ToDateTimeOffset() : null;
    }

    /// <summary>
    /// The same time of day on the <paramref name="count"/>th day after, counting only days on which the practice opens; moved to the next
    /// opening when it is closed then. Null when it never opens.
    /// </summary>
    public DateTimeOffset? AfterOpenDays(DateTimeOffset from, int count)
    {
        if (!Open.Any(o => o.To > o.From)) return null;
        var start = Instant.FromDateTimeOffset(from).InZone(Zone);
        var day = start.Date;
        for (var left = count; left > 0;)
        {
            day = day.PlusDays(1);
            if (Times.On(day.ToDateOnly()).Any()) left--;
        }

        return NextOpen(Zone.AtLeniently(day + start.TimeOfDay).ToDateTimeOffset());
    }

    private IEnumerable<(Instant Start, Instant End)> On(LocalDate day) => Times.On(day.ToDateOnly())
        .Select(o => (At(day, o.From), At(day, o.To)));

    private Instant At(LocalDate day, int minutes) => Zone.AtLeniently(day.AtMidnight().PlusMinutes(minutes)).ToInstant();
}
