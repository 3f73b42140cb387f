using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>Reads the value of a field of a type out of the words at its place.</summary>
internal static partial class FieldValues
{
    public const int LongestText = 300;
    public const int MostOfList = 50;

    private static readonly string[] Yes = ["yes", "true", "si", "x", "checked", "☒", "☑", "✓", "✔"];
    private static readonly string[] No = ["no", "false", "none", "☐", "unchecked"];

    /// <summary>The value; null when the words hold none of this type.</summary>
    public static JsonNode? Read(FieldWish wish, string words, TextHabits habits)
    {
        if (wish.Regex() is { } pattern)
        {
            if (pattern.Match(words) is not { Success: true } match) return null;
            words = match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1].Value : match.Value;
        }

        words = words.Trim();
        return words.Length == 0 ? null : wish.Type switch
        {
            WishedType.Number => AmountText.All(words, habits) is [var number, ..] ? JsonValue.Create(number.Value) : null,
            WishedType.Money => MoneyOf(words, habits),
            WishedType.Date => DayText.TryFind(words, habits, out var day)
                ? JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null,
            WishedType.Email => Email().Match(words) is { Success: true } email ? JsonValue.Create(email.Value.ToLowerInvariant()) : null,
            WishedType.Phone => Phone().Matches(words).Select(m => PhoneNumber.Normalize(m.Value.Trim())).FirstOrDefault(p => p is not null)
                is { } phone ? JsonValue.Create(phone) : null,
            WishedType.Boolean => Answer(TextLines.Fold(words)),
            WishedType.List => ListOf(words),
            _ => TextOf(words),
        };
    }

    /// <summary>The items of a list in one line.</summary>
    public static JsonArray? ListOf(string words)
    {
        var items = words.Split([',', ';', '\n', '•', '·', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(i => ShownText.Cut(i.TrimStart('-', '*', ' ').TrimEnd('.'), LongestText)).Where(i => i.Length > 0)
            .Take(MostOfList).ToList();
        return items.Count == 0 ? null : new JsonArray([.. items.Select(i => JsonValue.Create(i))]);
    }

    // the last amount of the words; where several stand there, one with decimals
    private static JsonNode? MoneyOf(string words, TextHabits habits)
    {
        var all = AmountText.All(words, habits);
        if (all.Count == 0) return null;
        var sure = all.Where(a => a.HasDecimals || a.Currency is not null).ToList();
        return JsonValue.Create((sure.Count > 0 ? sure[^1] : all[^1]).Value);
    }

    private static JsonNode? TextOf(string words)
    {
        words = words.TrimStart('.').Trim(' ', ':', ',', ';', '#', '|');
        // the stop of a sentence goes, that of an abbreviation stays: Inc., S.L.
        if (words.EndsWith('.') && words[(words.LastIndexOf(' ') + 1)..^1] is { Length: > 4 } last && !last.Contains('.'))
            words = words[..^1];
        return words.Length == 0 || !words.Any(char.IsLetterOrDigit) ? null : JsonValue.Create(ShownText.Cut(words, LongestText));
    }

    private static JsonNode? Answer(string folded)
    {
        var first = folded.Split([' ', ',', '.', ';'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return Yes.Contains(first) ? JsonValue.Create(true) : No.Contains(first) ? JsonValue.Create(false) : null;
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"\+?\(?\d[\d\s().\-/]{5,20}\d", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
