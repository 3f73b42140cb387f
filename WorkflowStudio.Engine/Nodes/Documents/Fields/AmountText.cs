using System.Globalization;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>An amount in a text, with the currency beside it when one stands there.</summary>
internal readonly record struct Amount(decimal Value, string? Currency, int At, int Length, bool HasDecimals);

/// <summary>Reads amounts: $1,250.00, 1.250,00 €, (12.50), CHF 1'250.00, 1 250,00 EUR. Percentages are none.</summary>
internal static partial class AmountText
{
    private static readonly Dictionary<string, string> Signs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["$"] = "USD", ["us$"] = "USD", ["€"] = "EUR", ["£"] = "GBP", ["¥"] = "JPY", ["c$"] = "CAD", ["a$"] = "AUD", ["mx$"] = "MXN",
        ["r$"] = "BRL", ["fr."] = "CHF", ["sfr."] = "CHF",
    };

    /// <summary>All amounts of a text, from left to right.</summary>
    public static IReadOnlyList<Amount> All(string text, TextHabits habits)
    {
        var found = new List<Amount>();
        foreach (var match in Form().Matches(text).Cast<Match>())
        {
            var digits = match.Groups["number"];
            if (IsPartOfWord(text, match) || Value(digits.Value, habits) is not { } value) continue;
            var end = match.Index + match.Length;
            if (end < text.Length && text[end..].TrimStart() is ['%', ..]) continue;
            var isLess = match.Groups["less"].Length > 0 || match.Groups["after"].Length > 0
                || (digits.Index > 0 && text[..digits.Index].TrimEnd() is [.., '('] && text[end..].TrimStart() is [')', ..]);
            found.Add(new Amount(isLess ? -value : value, Currency(match.Groups["before"].Value) ?? Currency(match.Groups["behind"].Value),
                match.Index, match.Length, Decimals().IsMatch(digits.Value)));
        }

        return found;
    }

    /// <summary>The currency that a document names most often; null when none.</summary>
    public static string? CurrencyOf(string text, TextHabits habits) => All(text, habits).Select(a => a.Currency).OfType<string>()
        .Concat(Codes().Matches(text).Select(m => m.Value).Where(IsKnown))
        .GroupBy(c => c).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key;

    private static bool IsPartOfWord(string text, Match match)
    {
        var (before, behind) = (match.Index - 1, match.Index + match.Length);
        return (before >= 0 && match.Groups["before"].Length == 0
                && (char.IsLetterOrDigit(text[before]) || text[before] is '/' or '_' or '#' or '.'))
            || (behind < text.Length && (char.IsLetterOrDigit(text[behind]) || text[behind] is '/' or '_'));
    }

    private static string? Currency(string sign)
    {
        sign = sign.Trim();
        if (sign.Length == 0) return null;
        return Signs.TryGetValue(sign, out var code) ? code : IsKnown(sign) ? sign : null;
    }

    private static bool IsKnown(string code) => Codes().IsMatch(code);

    // of two kinds of marks the last one is the decimal one; of one kind, several are thousands
    private static decimal? Value(string digits, TextHabits habits)
    {
        digits = digits.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal)
            .Replace("\u202f", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal)
            .Replace("’", "", StringComparison.Ordinal);
        var (dot, comma) = (digits.LastIndexOf('.'), digits.LastIndexOf(','));
        var decimalMark = dot >= 0 && comma >= 0 ? (dot > comma ? '.' : ',')
            : dot < 0 && comma < 0 ? '\0'
            : IsThousands(digits, dot >= 0 ? '.' : ',', habits) ? '\0'
            : dot >= 0 ? '.' : ',';
        var plain = string.Concat(digits.Where(c => char.IsAsciiDigit(c) || c == decimalMark)).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static bool IsThousands(string digits, char mark, TextHabits habits) => digits.Count(c => c == mark) > 1
        || (digits.Length - digits.LastIndexOf(mark) == 4 && (mark == ',') != habits.IsDecimalComma);

    [GeneratedRegex("""
        (?<before>US\$|MX\$|[CAR]\$|[$€£¥]|S?Fr\.|\b[A-Z]{3})?[ \u00a0]?(?<less>[-−–]?)[ ]?[$€£]?
        (?<number>\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?)
        (?<after>-(?!\d))?(?:[ \u00a0]?(?<behind>[$€£¥]|[A-Z]{3}\b))?
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Form();

    [GeneratedRegex(@"[.,]\d{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();

    // those that people write beside amounts; TRY, ALL and TOP are words, too
    [GeneratedRegex(
        @"\b(USD|EUR|GBP|CHF|MXN|CAD|AUD|JPY|BRL|SEK|NOK|DKK|PLN|CZK|INR|NZD|COP|ARS|CLP|PEN)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Codes();
}
