using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>When the practice is open: spans of time on days of the week.</summary>
internal sealed class BusinessHours
{
    private const string EndOfDay = "24:00";
    private const int MinutesOfDay = 24 * 60;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly BusinessHours Usual = new(
        [.. Enumerable.Range(1, 5).Select(day => new BusinessSpan((IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(17, 0)))]);

    private readonly BusinessSpan[] spans;

    private BusinessHours(BusinessSpan[] spans) => this.spans = [.. spans.OrderBy(s => s.Opens)];

    /// <summary>
    /// The hours of <c>$workspace.business_hours</c>: a list of <c>{"weekday": "monday", "opens": "09:00", "closes": "17:00"}</c>. Monday
    /// to Friday, 9 to 17, where there are none that can be read.
    /// </summary>
    public static BusinessHours Of(Value workspace)
    {
        if (!workspace.TryField("business_hours", out var hours) || hours.Kind != ValueKind.List) return Usual;
        var spans = hours.Items().Select(Span).OfType<BusinessSpan>().ToArray();
        return spans.Length == 0 ? Usual : new BusinessHours(spans);
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
    public bool OpensOn(LocalDate day) => spans.Any(s => s.Weekday == day.DayOfWeek);

    /// <summary>Whether the practice is open at a moment.</summary>
    public bool IsOpen(LocalDateTime at) => spans.Any(s => s.Weekday == at.DayOfWeek && s.Opens <= at.TimeOfDay && at.TimeOfDay < s.Closes);

    /// <summary>The moment itself when the practice is open then, else when it opens next; null when it does not within 14 days.</summary>
    public LocalDateTime? NextOpen(LocalDateTime at, Func<LocalDate, bool> isHoliday)
    {
        for (var ahead = 0; ahead <= 14; ahead++)
        {
            var day = at.Date.PlusDays(ahead);
            if (isHoliday(day)) continue;
            var from = ahead == 0 ? at.TimeOfDay : LocalTime.Midnight;
            foreach (var span in spans.Where(s => s.Weekday == day.DayOfWeek && s.Closes > from))
                return day + LocalTime.Max(span.Opens, from);
        }
        return null;
    }

    private static BusinessSpan? Span(Value value) =>
        value.TryField("weekday", out var weekday) && Enum.TryParse<IsoDayOfWeek>(weekday.Text(), true, out var day)
            && day != IsoDayOfWeek.None && Enum.IsDefined(day)
        && value.TryField("opens", out var opens) && Read(opens) is { } from
        && value.TryField("closes", out var closes) && Read(closes) is { } to && from < to
            ? new BusinessSpan(day, from, to)
            : null;

    private static LocalTime? Read(Value time) => time.Text() switch
    {
        EndOfDay => LocalTime.MaxValue,
        var text => Clock.Parse(text) is { Success: true } read ? read.Value : null,
    };

    private static string Written(int minutes) =>
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
