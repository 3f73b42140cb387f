using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Times and lengths of time as settings write them.</summary>
internal static partial class FlowTime
{
    /// <summary>
    /// An instant: ISO 8601 with an offset or Z, or without one on the clock of <paramref name="zone"/>; a day alone is its beginning. What
    /// the clock skips is as much later, of the two in an overlap it is the first. Null when it is none of these.
    /// </summary>
    public static DateTimeOffset? Read(string text, string zone)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is < 10 or > 40 || !char.IsAsciiDigit(trimmed[0]) || trimmed[4] != '-') return null;
        try
        {
            return ReadInCalendar(trimmed, zone);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return null; // a day at the very end of the calendar, beyond it by its offset
        }
    }

    private static DateTimeOffset? ReadInCalendar(string trimmed, string zone)
    {
        if (OffsetDateTimePattern.ExtendedIso.Parse(trimmed) is { Success: true } exact) return exact.Value.ToDateTimeOffset();
        if (MinuteWithOffset.Parse(trimmed) is { Success: true } minute) return minute.Value.ToDateTimeOffset();
        var place = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
        foreach (var pattern in Local)
        {
            if (pattern.Parse(trimmed) is { Success: true } local) return place.AtLeniently(local.Value).ToDateTimeOffset();
        }

        return LocalDatePattern.Iso.Parse(trimmed) is { Success: true } day ? place.AtStartOfDay(day.Value).ToDateTimeOffset() : null;
    }

    /// <summary>
    /// A length of time: ISO 8601 (<c>PT2H30M</c>, <c>P3D</c>) or words (<c>90 minutes</c>, <c>2 hours 30 min</c>). Days and weeks are those of
    /// the calendar, so that "1 day" after 9:00 is 9:00 also across a clock change. Null when it is neither.
    /// </summary>
    public static Period? ReadLength(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > 100) return null;
        if (trimmed[0] is 'P' or 'p') return PeriodPattern.NormalizingIso.Parse(trimmed.ToUpperInvariant()) is { Success: true } iso ? NotNegative(iso.Value) : null;
        var words = Words().Match(trimmed);
        if (!words.Success) return null;
        var length = new PeriodBuilder();
        foreach (var (amount, unit) in words.Groups["amount"].Captures.Zip(words.Groups["unit"].Captures))
        {
            if (!TryAdd(length, decimal.Parse(amount.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), unit.Value.ToLowerInvariant())) return null;
        }

        return length.Build();
    }

    /// <summary>The time that lies a length after another, on the clock of a zone; null when it is beyond the calendar.</summary>
    public static DateTimeOffset? After(DateTimeOffset from, Period length, string zone)
    {
        var place = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
        try
        {
            var start = Instant.FromDateTimeOffset(from).InZone(place);
            // days by the calendar, hours by the clock that never jumps
            var day = length.Years + length.Months + length.Weeks + length.Days == 0
                ? start
                : place.AtLeniently(start.LocalDateTime.PlusYears(length.Years).PlusMonths(length.Months).PlusWeeks(length.Weeks).PlusDays(length.Days));
            var time = Duration.FromHours(length.Hours) + Duration.FromMinutes(length.Minutes) + Duration.FromSeconds(length.Seconds) + Duration.FromMilliseconds(length.Milliseconds);
            return (day + time).ToDateTimeOffset();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a length of time as stored: it is none, or longer than ten years. Nothing when it is empty or an expression.</summary>
    public static IEnumerable<SettingProblem> CheckLength(string text, string path)
    {
        if (text.Length == 0 || Template.Contains(text)) return [];
        if (ReadLength(text) is not { } length) return [Problem(NoLength(text))];
        return After(DateTimeOffset.UnixEpoch, length, "UTC") <= DateTimeOffset.UnixEpoch.AddYears(10) ? [] : [Problem($"“{text}” is too long: a step can wait for at most 10 years.")];

        SettingProblem Problem(string message) => new(WorkflowProblemCodes.WrongSetting, path, message, ProblemSeverity.Error);
    }

    /// <summary>Says that a text is no length of time.</summary>
    public static string NoLength(string text) => $"“{text}” is no length of time. Write one such as 2 hours, 3 days or PT90M.";

    private static readonly OffsetDateTimePattern MinuteWithOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>");

    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss"),
    ];

    private static Period? NotNegative(Period period) =>
        period is { Years: >= 0, Months: >= 0, Weeks: >= 0, Days: >= 0, Hours: >= 0, Minutes: >= 0, Seconds: >= 0 } ? period : null;

    private static bool TryAdd(PeriodBuilder length, decimal amount, string unit)
    {
        var seconds = unit[0] switch
        {
            's' => 1,
            'h' => 3_600,
            'm' when !unit.StartsWith("mo", StringComparison.Ordinal) => 60,
            _ => 0,
        };
        if (seconds > 0)
        {
            length.Seconds += (long)(amount * seconds);
            return true;
        }

        if (!decimal.IsInteger(amount)) return false;
        if (unit[0] == 'd') length.Days += (int)amount;
        else if (unit[0] == 'w') length.Weeks += (int)amount;
        else length.Months += (int)amount;
        return true;
    }

    [GeneratedRegex(@"^(?:(?<amount>\d{1,7}(?:\.\d{1,4})?)\s*(?<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?)(?:\s*(?:,|and)?\s*)?)+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
