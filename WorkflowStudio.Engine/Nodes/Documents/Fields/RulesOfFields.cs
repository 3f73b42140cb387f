using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>Finds fields by rules: labels, patterns and the usual form of documents. It asks nobody and says so.</summary>
internal static partial class RulesOfFields
{
    private const double ByPattern = 0.6;
    private const double ByForm = 0.5;

    private static readonly (string Word, string Type)[] Types =
    [
        ("credit note", "credit note"), ("invoice", "invoice"), ("factura", "invoice"), ("receipt", "receipt"), ("recibo", "receipt"),
        ("quotation", "quote"), ("quote", "quote"), ("estimate", "quote"), ("purchase order", "purchase order"), ("agreement", "contract"),
        ("contract", "contract"), ("contrato", "contract"), ("lease", "contract"), ("curriculum vitae", "resume"), ("resume", "resume"),
        ("referral", "referral"), ("prescription", "prescription"), ("lab report", "report"), ("report", "report"), ("informe", "report"),
        ("minutes", "minutes"), ("dear ", "letter"), ("estimado", "letter"),
    ];

    /// <summary>What is found of the wishes in a text.</summary>
    public static FieldReading Read(string text, FieldSchema? schema, IReadOnlyList<FieldWish> wishes)
    {
        var (reading, lines, habits) = (new FieldReading(), new TextLines(text), TextHabits.Of(text));
        var finder = new LabelFinder(lines, habits, wishes);
        foreach (var wish in wishes)
            if ((finder.Find(wish) ?? ByItself(wish, text, habits)) is { } found) reading.Found[wish.Name] = found;
        switch (schema?.Id)
        {
            case FieldSchemas.Invoice: InvoiceReading.Complete(reading, lines, habits); break;
            case FieldSchemas.Contract: Contract(reading, lines); break;
            case FieldSchemas.Resume: Resume(reading, lines); break;
            case FieldSchemas.General: General(reading, lines); break;
            default: break;
        }

        return reading;
    }

    // an address or a number that looks like one wherever it stands; what has a pattern of its own
    private static FoundField? ByItself(FieldWish wish, string text, TextHabits habits)
    {
        if (wish.Type is WishedType.Email || (wish.Pattern.Length > 0 && !wish.NeedsLabel))
            return FieldValues.Read(wish, text, habits) is { } value ? new FoundField(value, ByPattern) : null;
        if (wish.Type != WishedType.Phone) return null;
        foreach (var line in text.Split('\n').Take(60))
            if (FieldValues.Read(wish, line, habits) is { } phone && phone.ToString().Length >= 10) return new FoundField(phone, ByForm);
        return null;
    }

    private static void Contract(FieldReading reading, TextLines lines)
    {
        AddFirst(reading, "contract_title", lines, IsTitle);
        var folded = TextLines.Fold(lines.Text.ReplaceLineEndings(" "));
        if (!reading.Found.ContainsKey("auto_renewal") && Renews().Match(folded) is { Success: true } renews)
            reading.Found["auto_renewal"] = new FoundField(JsonValue.Create(!Never().IsMatch(renews.Value)), ByPattern);
        if (!reading.Found.ContainsKey("parties") && Between().Match(lines.Text.ReplaceLineEndings(" ")) is { Success: true } both)
            reading.Found["parties"] = new FoundField(
                new JsonArray(JsonValue.Create(Cleaned(both.Groups[1].Value)), JsonValue.Create(Cleaned(both.Groups[2].Value))), ByPattern);
    }

    private static void Resume(FieldReading reading, TextLines lines)
    {
        AddFirst(reading, "candidate_name", lines,
            text => Name().IsMatch(text) && Array.TrueForAll(["resume", "curriculum"], w => !TextLines.Fold(text).Contains(w)));
        if (!reading.Found.ContainsKey("years_of_experience") && Years().Match(TextLines.Fold(lines.Text)) is { Success: true } years)
            reading.Found["years_of_experience"] =
                new FoundField(JsonValue.Create(decimal.Parse(years.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), ByPattern);
    }

    private static void General(FieldReading reading, TextLines lines)
    {
        AddFirst(reading, "title", lines, IsTitle);
        if (reading.Found.ContainsKey("document_type")) return;
        var head = TextLines.Fold(string.Join('\n', lines.Lines.Take(15).SelectMany(l => l).Select(c => c.Text)));
        var first = Types.Select(t => (t.Type, At: head.IndexOf(t.Word, StringComparison.Ordinal))).Where(t => t.At >= 0)
            .OrderBy(t => t.At).FirstOrDefault();
        if (first.Type is not null) reading.Found["document_type"] = new FoundField(JsonValue.Create(first.Type), ByForm);
    }

    private static void AddFirst(FieldReading reading, string field, TextLines lines, Func<string, bool> fits)
    {
        if (reading.Found.ContainsKey(field)) return;
        var found = lines.Lines.Take(8).SelectMany(l => l).Select(c => c.Text).FirstOrDefault(fits);
        if (found is not null) reading.Found[field] = new FoundField(JsonValue.Create(ShownText.Cut(found, 120)), ByForm);
    }

    private static bool IsTitle(string text) => text.Length is > 3 and < 121 && text.Count(char.IsLetter) * 2 > text.Length
        && !text.Contains(':', StringComparison.Ordinal) && !text.EndsWith(',');

    private static string Cleaned(string party) => ShownText.Cut(party.Trim(' ', ',', '"', '“', '”', '(', ')'), 120);

    [GeneratedRegex(@"[^.;]{0,120}(renew(s|ed)? automatically|automatic(ally)? (be )?renew|auto-?renew|renueva automaticamente)[^.;]{0,80}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Renews();

    [GeneratedRegex(@"\b(\d{1,2})\+? ?(?:years|yrs|anos)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Years();

    [GeneratedRegex(@"\b(not|no|never|without)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Never();

    [GeneratedRegex(@"\bbetween\s+(.{3,120}?)\s*(?:\([^)]{1,60}\))?,?\s+and\s+(.{3,120}?)\s*(?:\(|,|\.|;|$)", RegexOptions.CultureInvariant
        | RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"^\p{Lu}[\p{L}'’.-]+(\s+\p{Lu}[\p{L}'’.-]*){1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
