using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>
/// What a language model is asked about the fields that the rules did not find, and how its answer is read: each value has to be of its
/// type, and words and numbers have to stand in the text.
/// </summary>
internal static partial class FieldQuestion
{
    private const int LongestText = 60_000;
    private const double ByModel = 0.7;

    /// <summary>The question.</summary>
    public static ModelQuestion Of(string text, IReadOnlyList<FieldWish> wishes, string model) => new(
        $"""
        You read one document and fill in the answer's fields. Use null for what the document does not say; guess nothing.
        Dates are written yyyy-MM-dd, numbers without separators of thousands and with a decimal point. The fields:
        {string.Join('\n', wishes.Select(w => $"- {w.Name}: {(w.Description.Length > 0 ? w.Description : w.Name.Replace('_', ' '))}"))}
        """,
        ShownText.Begin(text, LongestText), "fields", Shape(wishes), model.Length == 0 ? null : model, 0);

    /// <summary>The fields that the answer gives.</summary>
    public static IEnumerable<(string Name, FoundField Field)> Read(JsonElement answer, IReadOnlyList<FieldWish> wishes, string text)
    {
        var (bare, habits) = (Bare(text), new TextHabits(false, false));
        foreach (var wish in wishes)
        {
            if (!answer.TryGetProperty(wish.Name, out var value) || Words(value, wish.Type) is not { Length: > 0 } words) continue;
            if (wish.Type == WishedType.List)
            {
                var said = words.Split('\n').Where(i => bare.Contains(Bare(i), StringComparison.Ordinal));
                string[] items = [.. said.Take(FieldValues.MostOfList)];
                if (items.Length > 0)
                    yield return (wish.Name, new FoundField(new JsonArray([.. items.Select(i => JsonValue.Create(i))]), ByModel));
            }
            else if (FieldValues.Read(wish with { Pattern = "" }, words, habits) is { } read && IsInText(wish.Type, words, bare, text))
                yield return (wish.Name, new FoundField(read, ByModel));
        }
    }

    // a day is written otherwise in the text, and yes or no seldom at all
    private static bool IsInText(WishedType type, string words, string bare, string text) => type switch
    {
        WishedType.Date or WishedType.Boolean => true,
        WishedType.Number or WishedType.Money => IsAmong(Numbers().EnumerateMatches(text), text, Digits(words)),
        _ => bare.Contains(Bare(words), StringComparison.Ordinal),
    };

    private static string? Words(JsonElement value, WishedType type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.String, _) => UntrustedText.Seen(value.GetString()!).Trim(),
        (JsonValueKind.Number, _) => value.GetRawText(),
        (JsonValueKind.True, WishedType.Boolean) => "yes",
        (JsonValueKind.False, WishedType.Boolean) => "no",
        (JsonValueKind.Array, WishedType.List) => string.Join('\n', value.EnumerateArray()
            .Where(i => i.ValueKind == JsonValueKind.String)
            .Select(i => ShownText.Fit(UntrustedText.Seen(i.GetString()!).Replace('\n', ' ').Trim(), FieldValues.LongestText))
            .Where(i => i.Any(char.IsLetterOrDigit))),
        _ => null,
    };

    private static string Bare(string text) => string.Concat(TextLines.Fold(text).Where(char.IsLetterOrDigit));

    private static bool IsAmong(Regex.ValueMatchEnumerator numbers, string text, string digits)
    {
        foreach (var number in numbers)
        {
            if (Digits(text.AsSpan(number.Index, number.Length)) == digits) return true;
        }

        return false;
    }

    // 12.50 may stand in the text as 12,5
    private static string Digits(ReadOnlySpan<char> number)
    {
        var digits = new StringBuilder(number.Length);
        foreach (var c in number)
        {
            if (char.IsAsciiDigit(c)) digits.Append(c);
        }

        return digits.ToString().Trim('0');
    }

    [GeneratedRegex(@"[0-9]+(?:[.,'’][0-9]+|[ \u00a0\u202f][0-9]{3}(?![0-9]))*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    private static string Shape(IReadOnlyList<FieldWish> wishes) => new JsonObject
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. wishes.Select(w => JsonValue.Create(w.Name))]),
        ["properties"] = new JsonObject(wishes.Select(w => KeyValuePair.Create(w.Name, (JsonNode?)Type(w.Type)))),
    }.ToJsonString();

    private static JsonObject Type(WishedType type) => type == WishedType.List
        ? new JsonObject { ["type"] = new JsonArray("array", "null"), ["items"] = new JsonObject { ["type"] = "string" } }
        : new JsonObject
        {
            ["type"] = new JsonArray(
                type switch { WishedType.Number or WishedType.Money => "number", WishedType.Boolean => "boolean", _ => "string" }, "null"),
        };
}
