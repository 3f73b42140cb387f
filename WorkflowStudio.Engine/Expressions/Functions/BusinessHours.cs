using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>When the practice is open: spans of time on days of the week.</summary>
internal sealed class BusinessHours
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly BusinessHours Usual = new([.. Enumerable.Range(1, 5).Select(day => new BusinessSpan((IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(17, 0)))]);

    private readonly BusinessSpan[] spans;

    private BusinessHours(BusinessSpan[] spans) => this.spans = [.. spans.OrderBy(s => s.Opens)];

    /// <summary>
    /// The hours of <c>$workspace.business_hours</c>: a list of <c>{"weekday": "monday", "opens": "09:00", "closes": "17:00"}</c>. Monday to
    /// Friday, 9 to 17, where there are none that can be read.
    /// </summary>
    public static BusinessHours Of(Value workspace)
    {
        if (!workspace.TryField("business_hours", out var hours) || hours.Kind != ValueKind.List) return Usual;
        var spans = hours.Items().Select(Span).OfType<BusinessSpan>().ToArray();
        return spans.Length == 0 ? Usual : new BusinessHours(spans);
    }

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
            foreach (var span in spans.Where(s => s.Weekday == day.DayOfWeek && s.Closes > from)) return day + LocalTime.Max(span.Opens, from);
        }
        return null;
    }

    private static BusinessSpan? Span(Value value) =>
        value.TryField("weekday", out var weekday) && Enum.TryParse<IsoDayOfWeek>(weekday.Text(), true, out var day) && day != IsoDayOfWeek.None && Enum.IsDefined(day)
        && value.TryField("opens", out var opens) && Clock.Parse(opens.Text()) is { Success: true } from
        && value.TryField("closes", out var closes) && Clock.Parse(closes.Text()) is { Success: true } to && from.Value < to.Value
            ? new BusinessSpan(day, from.Value, to.Value)
            : null;

    private sealed record BusinessSpan(IsoDayOfWeek Weekday, LocalTime Opens, LocalTime Closes);
}
