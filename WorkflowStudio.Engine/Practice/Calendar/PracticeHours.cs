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
    /// <summary>The times of single days, in place of those of their weekdays.</summary>
    public IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenTime>> Days { get; init; } = new Dictionary<DateOnly, IReadOnlyList<OpenTime>>();

    private OpeningTimes Times => new(Open) { Days = Days };

    private DateTimeZone Zone => TimeZones.FindOrUtc(TimeZone);

    /// <summary>The time itself when the practice is open then, else its next opening; null when it never opens.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset from)
    {
        var now = Instant.FromDateTimeOffset(from);
        var next = OpenDays(now.InZone(Zone).Date).SelectMany(On)
            .Where(o => o.End > now && o.End > o.Start).Cast<(Instant Start, Instant End)?>().FirstOrDefault();
        return next is { } opening ? Instant.Max(opening.Start, now).InZone(Zone).ToDateTimeOffset() : null;
    }

    /// <summary>
    /// The same time of day on the <paramref name="count"/>th day after, counting only days on which the practice opens; moved to the next
    /// opening when it is closed then. Null when it never opens.
    /// </summary>
    public DateTimeOffset? AfterOpenDays(DateTimeOffset from, int count)
    {
        var start = Instant.FromDateTimeOffset(from).InZone(Zone);
        LocalDate[] day = count <= 0 ? [start.Date] : [.. OpenDays(start.Date.PlusDays(1)).Skip(count - 1).Take(1)];
        return day.Length == 0 ? null : NextOpen(Zone.AtLeniently(day[0] + start.TimeOfDay).ToDateTimeOffset());
    }

    // without an end where the week has an opening: single days take away some of them only. Else they alone are left
    private IEnumerable<LocalDate> OpenDays(LocalDate first) =>
        (Open.Any(o => o.To > o.From) ? Enumerable.Range(0, int.MaxValue).Select(first.PlusDays)
            : Days.Keys.Order().Select(LocalDate.FromDateOnly).Where(day => day >= first)).Where(day => Times.On(day.ToDateOnly()).Any());

    private IEnumerable<(Instant Start, Instant End)> On(LocalDate day) => Times.On(day.ToDateOnly())
        .Select(o => (At(day, o.From), At(day, o.To)));

    private Instant At(LocalDate day, int minutes) => Zone.AtLeniently(day.AtMidnight().PlusMinutes(minutes)).ToInstant();
}
