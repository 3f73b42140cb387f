using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Values;

/// <summary>A date as expressions know it: a point of time in a zone, or a whole day.</summary>
/// <param name="At">The time; the start of the day for a whole day.</param>
/// <param name="IsDay">Whether only the day is meant.</param>
internal readonly record struct DateValue(ZonedDateTime At, bool IsDay)
{
    private static readonly OffsetDateTimePattern Written = OffsetDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm:ss;FFFFFFFFFo<Z+HH:mm>");

    /// <summary>
    /// The date as text: <c>2026-06-10</c>, or <c>2026-06-10T10:24:00-05:00</c>, with fractions of a second only where there are some.
    /// </summary>
    public string Text => IsDay ? LocalDatePattern.Iso.Format(At.Date) : Written.Format(At.ToOffsetDateTime());
}

/// <summary>Reads dates from text: ISO 8601, with an offset (Z, +05:00, +0500, +05), without one (in the zone), or only the day.</summary>
internal static class DateText
{
    private const int ShortestInstant = 17;
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly OffsetDateTimePattern OffsetMinutes = OffsetDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mmo<G>");

    /// <summary>
    /// The date in the zone; false when the text is none. What the zone's clock skips is as much later, or with
    /// <paramref name="asSchedules"/>
    /// the end of the gap.
    /// </summary>
    public static bool TryRead(string text, DateTimeZone zone, out DateValue date, bool asSchedules = false)
    {
        date = default;
        if (text.Length is < 10 or > 40 || !char.IsAsciiDigit(text[0])) return false;
        if (text.Length == 10)
            return LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } && IsInside(day.Year)
                && Made(new DateValue(zone.AtStartOfDay(day), true), out date);
        text = text[10] == ' ' ? $"{text[..10]}T{text[11..]}" : text;
        if (Offset(text) is { } moment)
            return IsInside(moment.Year) && Made(new DateValue(moment.ToInstant().InZone(zone), false), out date);
        return Local(text) is { } local && IsInside(local.Year)
            && Made(new DateValue(asSchedules ? zone.At(local) : zone.AtLeniently(local), false), out date);
    }

    /// <summary>The point of time of a text that names its offset; false for every other text.</summary>
    public static bool TryInstant(string text, out Instant instant)
    {
        instant = default;
        if (text.Length is < ShortestInstant or > 40 || !char.IsAsciiDigit(text[0]) || text[10] != 'T' || Offset(text) is not { } moment)
            return false;
        instant = moment.ToInstant();
        return true;
    }

    // +0500 is written +05:00, which is read like +05
    private static OffsetDateTime? Offset(string text)
    {
        var sign = text.AsSpan(11).LastIndexOfAny('+', '-') + 11;
        return OffsetAsIso(sign > 11 && text.Length - sign == 5 && !text.AsSpan(sign + 1).ContainsAnyExceptInRange('0', '9')
            ? text.Insert(sign + 3, ":")
            : text);
    }

    private static OffsetDateTime? OffsetAsIso(string text) =>
        OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } whole
            ? whole.Value
            : OffsetMinutes.Parse(text) is { Success: true } minutes ? minutes.Value : null;

    private static LocalDateTime? Local(string text) =>
        LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } whole
            ? whole.Value
            : Minutes.Parse(text) is { Success: true } minutes ? minutes.Value : null;

    /// <summary>Whether a year can be worked with: 1 to 9998, so that no zone leads beyond what a calendar knows.</summary>
    public static bool IsInside(int year) => year is >= 1 and <= 9_998;

    private static bool Made(DateValue made, out DateValue date)
    {
        date = made;
        return true;
    }
}
