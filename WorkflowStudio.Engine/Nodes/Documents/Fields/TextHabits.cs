using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>How a document writes what can be written in two ways, told by all of it.</summary>
/// <param name="IsDecimalComma">1.234,50, not 1,234.50.</param>
/// <param name="IsDayFirst">3/5/2026 is the third of May.</param>
internal sealed partial record TextHabits(bool IsDecimalComma, bool IsDayFirst)
{
    public static TextHabits Of(string text)
    {
        var comma = CommaDecimals().Count(text) > DotDecimals().Count(text);
        var (dayFirst, monthFirst) = (0, 0);
        foreach (var day in SlashDays().Matches(text).Cast<Match>())
        {
            if (int.Parse(day.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > 12) dayFirst++;
            if (int.Parse(day.Groups[2].ValueSpan, CultureInfo.InvariantCulture) > 12) monthFirst++;
        }

        return new TextHabits(comma, dayFirst != monthFirst ? dayFirst > monthFirst : comma);
    }

    [GeneratedRegex(@"\d,\d{2}(?![\d.,])", RegexOptions.CultureInvariant)]
    private static partial Regex CommaDecimals();

    [GeneratedRegex(@"\d\.\d{2}(?![\d.,])", RegexOptions.CultureInvariant)]
    private static partial Regex DotDecimals();

    [GeneratedRegex(@"\b([0-9]{1,2})[/-]([0-9]{1,2})[/-][0-9]{2,4}\b", RegexOptions.CultureInvariant)]
    private static partial Regex SlashDays();
}
