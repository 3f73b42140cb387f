using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>When the practice is open: spans of time on days of the week, and on single days in their place.</summary>
internal sealed class BusinessHours
{
    private const string EndOfDay = "24:00";
    private const int MinutesOfDay = 24 * 60;
    private const int MostDaysAhead = 14;
    private const int DaysOfWeek = 7;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly BusinessSpan[] Usual =
        [.. Enumerable.Range(1, 5).Select(day => new BusinessSpan((IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(17, 0)))];

    private readonly ILookup<IsoDayOfWeek, BusinessSpan> week;
    private readonly Dictionary<LocalDate, BusinessSpan[]> days;

    private BusinessHours(IEnumerable<BusinessSpan> week, Dictionary<LocalDate, BusinessSpan[]> days) =>
        (this.week, this.days) = (week.OrderBy(s => s.Opens).ToLookup(s => s.Weekday), days);

    /// <summary>
    /// The hours of <c>$workspace.business_hours</c>: a list of <c>{"weekday": "monday", "opens": "09:00", "closes": "17:00"}</c>. Monday
    /// to Friday, 9 to 17, where there are none that can be read and no single day is open. In place of the hours of their weekdays
    /// come those of <c>$workspace.single_days</c>: a list of
    /// <c>{"date": "2026-12-24", "hours": [{"opens": "09:00", "closes": "12:00"}]}</c>.
    /// </summary>
    public static BusinessHours Of(Value workspace)
    {
        var days = new Dictionary<LocalDate, BusinessSpan[]>();
        foreach (var day in Items(workspace, "single_days"))
            if (day.TryField("date", out var date) && LocalDatePattern.Iso.Parse(date.Text()) is { Success: true } read)
                days[read.Value] = [.. Items(day, "hours").Select(h => Span(read.Value.DayOfWeek, h)).OfType<BusinessSpan>()
                    .OrderBy(s => s.Opens)];
        var week = Items(workspace, "business_hours").Select(Span).OfType<BusinessSpan>().ToArray();
        return new BusinessHours(week.Length == 0 && days.Values.All(d => d.Length == 0) ? Usual : week, days);
    }

    /// <summary>
    /// The same list of opening times: those that end before they begin are left out, and midnight at the end of a day is <c>24:00</c>.
    /// </summary>
    /// <param name="open">The times of the week in any order, in minutes from midnight.</param>
    public static IReadOnlyList<OpenHours> ToJson(IEnumerable<(DayOfWeek Weekday, int From, int To)> open) =>
    [
        .. open.Where(o => o.To > o.From).OrderBy(o => o.Weekday == DayOfWeek.Sunday ? 7 : (int)o.Weekday).ThenBy(o => o.From)
            .Select(o => new OpenHours(o.Weekday.ToString().ToLowerInvariant(), Written(o.From), Written(o.To))),
    ];

    /// <summary>Whether the practice opens at all on a day.</summary>
    public bool OpensOn(LocalDate day) => On(day).Any();

    /// <summary>Whether the practice is open at a moment.</summary>
    public bool IsOpen(LocalDateTime at) => On(at.Date).Any(s => s.Opens <= at.TimeOfDay && at.TimeOfDay < s.Closes);

    /// <summary>
    /// The moment itself when the practice is open then, else when it opens next; null when it does not within 14 days, weeks from which
    /// single days are taken away not counted.
    /// </summary>
    public LocalDateTime? NextOpen(LocalDateTime at, Func<LocalDate, bool> isHoliday)
    {
        // where it does not open every week, single days alone are left
        var ahead = week.Count > 0 ? Enumerable.Range(0, MostDaysAhead + 1 + (DaysOfWeek * days.Count)).Select(at.Date.PlusDays)
            : days.Keys.Where(d => d >= at.Date).Order();
        foreach (var day in ahead.Where(d => !isHoliday(d)))
        {
            var from = day == at.Date ? at.TimeOfDay : LocalTime.Midnight;
            if (On(day).FirstOrDefault(s => s.Closes > from) is { } span) return day + LocalTime.Max(span.Opens, from);
        }

        return null;
    }

    private IEnumerable<BusinessSpan> On(LocalDate day) => days.TryGetValue(day, out var own) ? own : week[day.DayOfWeek];

    private static IEnumerable<Value> Items(Value value, string name) =>
        value.TryField(name, out var list) && list.Kind == ValueKind.List ? list.Items() : [];

    private static BusinessSpan? Span(Value value) =>
        value.TryField("weekday", out var weekday) && Enum.TryParse<IsoDayOfWeek>(weekday.Text(), true, out var day)
        && day != IsoDayOfWeek.None && Enum.IsDefined(day) ? Span(day, value) : null;

    private static BusinessSpan? Span(IsoDayOfWeek day, Value value) =>
        value.TryField("opens", out var opens) && Read(opens) is { } from
        && value.TryField("closes", out var closes) && Read(closes) is { } to && from < to
            ? new BusinessSpan(day, from, to)
            : null;

    private static LocalTime? Read(Value time) => time.Text() switch
    {
        EndOfDay => LocalTime.MaxValue,
        var text => Clock.Parse(text) is { Success: true } read ? read.Value : null,
    };

    internal static string Written(int minutes) =>
        minutes >= MinutesOfDay ? EndOfDay : Clock.Format(LocalTime.Midnight.PlusMinutes(minutes));

    private sealed record BusinessSpan(IsoDayOfWeek Weekday, LocalTime Opens, LocalTime Closes);
}

/// <summary>A span of opening hours, as <c>$workspace.business_hours</c> holds it.</summary>
/// <param name="Weekday"><c>monday</c> … <c>sunday</c>.</param>
/// <param name="Opens">The time of day, <c>09:00</c>.</param>
/// <param name="Closes">The time of day, at most <c>24:00</c>.</param>
internal sealed record OpenHours(
    [property: System.Text.Json.Serialization.JsonPropertyName("weekday")] string Weekday,
    [property: System.Text.Json.Serialization.JsonPropertyName("opens")] string Opens,
    [property: System.Text.Json.Serialization.JsonPropertyName("closes")] string Closes);

/// <summary>When the practice is open on a day that has hours of its own, as <c>$workspace.single_days</c> holds it.</summary>
/// <param name="Date">The day, <c>2026-12-24</c>.</param>
/// <param name="Hours">The times of that day; none when it is closed.</param>
internal sealed record SingleDay(
    [property: System.Text.Json.Serialization.JsonPropertyName("date")] string Date,
    [property: System.Text.Json.Serialization.JsonPropertyName("hours")] IReadOnlyList<SingleHours> Hours)
{
    /// <summary>A day and its times, in minutes from midnight.</summary>
    public static SingleDay Of(DateOnly day, IEnumerable<(int From, int To)> open) =>
        new(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [.. open.Select(o => new SingleHours(BusinessHours.Written(o.From), BusinessHours.Written(o.To)))]);
}

/// <summary>A span of a single day.</summary>
/// <param name="Opens">The time of day, <c>09:00</c>.</param>
/// <param name="Closes">The time of day, at most <c>24:00</c>.</param>
internal sealed record SingleHours(
    [property: System.Text.Json.Serialization.JsonPropertyName("opens")] string Opens,
    [property: System.Text.Json.Serialization.JsonPropertyName("closes")] string Closes);
