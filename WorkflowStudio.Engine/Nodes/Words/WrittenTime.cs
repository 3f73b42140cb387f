using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Words;

/// <summary>Times and lengths of time as settings write them.</summary>
internal static partial class WrittenTime
{
    private const int LongestText = 100;
    private const string Amount = @"[0-9]{1,9}(?:\.[0-9]{1,28})?";

    /// <summary>
    /// An instant as expressions read it: ISO 8601 with an offset or Z, or without one on the clock of <paramref name="zone"/>; a day alone
    /// is its beginning. What the clock skips is the end of the gap, of the two in an overlap it is the first. Null when it is none of
    /// these.
    /// </summary>
    public static DateTimeOffset? Read(string text, string zone)
    {
        try
        {
            return DateText.TryRead(text.Trim(), TimeZones.FindOrUtc(zone), out var date, asSchedules: true)
                ? date.At.ToDateTimeOffset()
                : null;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            return null; // a day at the very end of the calendar, beyond it by its offset
        }
    }

    /// <summary>
    /// A length of time: ISO 8601 (<c>PT2H30M</c>, <c>P3D</c>) or words (<c>90 minutes</c>, <c>2 hours 30 min</c>). Whole days and weeks
    /// are those of the calendar, so that "1 day" after 9:00 is 9:00 also across a clock change; parts of them are hours: "1.5 days" are
    /// 36. Null when it is neither.
    /// </summary>
    public static Period? ReadLength(string text) => Reading(text).Length;

    /// <summary>The time that lies a length after another, on the clock of a zone; null when it is beyond the calendar.</summary>
    public static DateTimeOffset? After(DateTimeOffset from, Period length, string zone)
    {
        var place = TimeZones.FindOrUtc(zone);
        try
        {
            var start = Instant.FromDateTimeOffset(from).InZone(place);
            // days by the calendar, hours by the clock that never jumps
            var day = length.Years + length.Months + length.Weeks + length.Days == 0
                ? start
                : place.At(start.LocalDateTime.PlusYears(length.Years).PlusMonths(length.Months).PlusWeeks(length.Weeks)
                    .PlusDays(length.Days));
            var time = Duration.FromHours(length.Hours) + Duration.FromMinutes(length.Minutes) + Duration.FromSeconds(length.Seconds)
                + Duration.FromMilliseconds(length.Milliseconds);
            return (day + time).ToDateTimeOffset();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The time that lies a length behind a call, null for no length; false with the failure when the text is none.</summary>
    public static bool TryEnd(
        NodeInput input, string text, string setting, out DateTimeOffset? end, [NotNullWhen(false)] out NodeOutcome.Failed? failed)
    {
        end = ReadLength(text) is { } length ? After(input.Now, length, input.Run.TimeZone) : null;
        failed = text.Length > 0 && end is null ? SettingsFailure.Wrong(setting, NoLength(text)) : null;
        return failed is null;
    }

    /// <summary>
    /// What is wrong with a length of time as stored: it is none, or longer than ten years. Nothing when it is empty or an expression.
    /// </summary>
    public static IEnumerable<SettingProblem> CheckLength(string text, string path)
    {
        if (text.Length == 0 || Template.Contains(text)) return [];
        if (ReadLength(text) is not { } length) return [SettingProblem.Wrong(path, NoLength(text))];
        return After(DateTimeOffset.UnixEpoch, length, "UTC") <= DateTimeOffset.UnixEpoch.AddYears(10)
            ? []
            : [SettingProblem.Wrong(path, $"“{text}” is too long: a step can wait for at most 10 years.")];
    }

    /// <summary>Says why a text is no length of time.</summary>
    public static string NoLength(string text) =>
        Reading(text).Problem ?? $"“{text}” is no length of time. Write one such as 2 hours, 3 days or PT90M.";

    private static (Period? Length, string? Problem) Reading(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > LongestText) return default;
        var isIso = trimmed[0] is 'P' or 'p';
        if ((isIso ? Iso() : Words()).Match(trimmed) is not { Success: true } match) return default;
        var times = isIso ? trimmed.IndexOf('T', StringComparison.OrdinalIgnoreCase) : -1;
        var length = new PeriodBuilder();
        foreach (var (amount, unit) in match.Groups["amount"].Captures.Zip(match.Groups["unit"].Captures))
        {
            // of the two M of ISO the one before the T is months
            var isMonth = isIso && unit.Value is "M" or "m" && (times < 0 || unit.Index < times);
            if (!TryAdd(length, decimal.Parse(amount.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
                isMonth ? "months" : unit.Value.ToLowerInvariant()))
                return (null, $"“{text}” is no length of time: months and years can only be whole, because they are not all as long. Write "
                    + "days, such as 45 days.");
        }

        return (length.Build(), null);
    }

    private static bool TryAdd(PeriodBuilder length, decimal amount, string unit)
    {
        var isWhole = decimal.IsInteger(amount);
        var seconds = unit switch
        {
            ['s', ..] => 1,
            ['m', 'o', ..] or ['y', ..] => 0,
            ['m', ..] => 60,
            ['h', ..] => 3_600,
            ['d', ..] => isWhole ? 0 : 86_400,
            _ => isWhole ? 0 : 604_800,
        };
        if (seconds > 0)
        {
            var milliseconds = (long)(amount * seconds * 1_000);
            length.Seconds += milliseconds / 1_000;
            length.Milliseconds += milliseconds % 1_000;
            return true;
        }

        if (!isWhole) return false;
        if (unit[0] == 'd') length.Days += (int)amount;
        else if (unit[0] == 'w') length.Weeks += (int)amount;
        else if (unit[0] == 'y') length.Years += (int)amount;
        else length.Months += (int)amount;
        return true;
    }

    [GeneratedRegex(@"^(?:(?<amount>" + Amount + @")\s*(?<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|"
        + @"years?|y)(?:\s*(?:,|and)?\s*)?)+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^P(?=[0-9T])(?:(?<amount>" + Amount + ")(?<unit>Y))?(?:(?<amount>" + Amount + ")(?<unit>M))?(?:(?<amount>" + Amount
        + ")(?<unit>W))?(?:(?<amount>" + Amount + @")(?<unit>D))?"
        + "(?:T(?=[0-9])(?:(?<amount>" + Amount + ")(?<unit>H))?(?:(?<amount>" + Amount + ")(?<unit>M))?(?:(?<amount>" + Amount
        + @")(?<unit>S))?)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
