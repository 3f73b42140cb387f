using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>Reads days: 2026-11-30, 30.11.2026, 11/30/2026, 30 Nov 2026, November 30th, 2026, 30 de noviembre de 2026.</summary>
internal static partial class DayText
{
    private static readonly string[] Months =
    [
        "jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep set", "oct", "nov", "dec dic",
    ];

    /// <summary>The first day in a text.</summary>
    public static bool TryFind(string text, TextHabits habits, out DateOnly day)
    {
        day = default;
        var folded = TextLines.Fold(text);
        var first = int.MaxValue;
        foreach (var (match, read) in Numbers(folded, habits).Concat(Words(folded)))
        {
            if (match.Index >= first) continue;
            (first, day) = (match.Index, read);
        }

        return first < int.MaxValue;
    }

    private static IEnumerable<(Match Match, DateOnly Day)> Numbers(string text, TextHabits habits)
    {
        foreach (var m in YearFirst().Matches(text).Cast<Match>())
            if (Day(m.Groups[1].Value, Number(m.Groups[2]), Number(m.Groups[3])) is { } day) yield return (m, day);
        foreach (var m in YearLast().Matches(text).Cast<Match>())
        {
            var (a, b) = (Number(m.Groups[1]), Number(m.Groups[3]));
            var isDayFirst = m.Groups[2].Value == "." || a > 12 || (b <= 12 && habits.IsDayFirst);
            if (Day(m.Groups[4].Value, isDayFirst ? b : a, isDayFirst ? a : b) is { } day) yield return (m, day);
        }
    }

    private static IEnumerable<(Match Match, DateOnly Day)> Words(string text)
    {
        foreach (var m in DayMonth().Matches(text).Cast<Match>())
            if (Day(m.Groups[3].Value, Month(m.Groups[2].Value), Number(m.Groups[1])) is { } day) yield return (m, day);
        foreach (var m in MonthDay().Matches(text).Cast<Match>())
            if (Day(m.Groups[3].Value, Month(m.Groups[1].Value), Number(m.Groups[2])) is { } day) yield return (m, day);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Month(string word) => word.Length < 3 ? 0
        : 1 + Array.FindIndex(Months, m => m.Split(' ').Contains(word[..3]));

    private static DateOnly? Day(string year, int month, int day)
    {
        var y = int.Parse(year, NumberStyles.None, CultureInfo.InvariantCulture);
        if (year.Length == 2) y += y < 70 ? 2000 : 1900;
        return y is >= 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(y, month)
            ? new DateOnly(y, month, day)
            : null;
    }

    [GeneratedRegex(@"(?<![\d./-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"(?<![\d./-])(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?(\d{4}|\d{2})(?![\d/-])", RegexOptions.CultureInvariant)]
    private static partial Regex YearLast();

    [GeneratedRegex(
        @"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?(?: of| de|-)? ?([a-z]{3,10})\.?,?(?: of| de| del|-)? ?(\d{4})(?!\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"(?<![a-z])([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:de |del )?(\d{4})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex MonthDay();
}
