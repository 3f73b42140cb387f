using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Components.Practice.Papers;

/// <summary>How documents are told of.</summary>
internal static class DocumentWords
{
    private const int LongestValue = 200;
    private const int LongestFound = 90;

    /// <summary>The symbol of its kind.</summary>
    public static string Icon(DocumentItem document) => Path.GetExtension(document.Name).ToLowerInvariant() switch
    {
        ".pdf" or ".docx" or ".doc" or ".txt" => "description",
        ".xlsx" or ".xls" or ".csv" => "table_chart",
        ".eml" or ".msg" => "mail",
        ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".heic" => "image",
        _ => "draft",
    };

    /// <summary>Its size for people.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_048_576 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MiB"),
    };

    /// <summary>What was found in it, in one line.</summary>
    public static string Found(DocumentItem document) => document.Facts is not { } facts ? ""
        : ShownText.Cut(string.Join(", ", Fields(facts).Where(f => f.Value.Length > 0).Take(4).Select(f => f.Value)), LongestFound);

    /// <summary>The fields with their values, as people read them.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(DocumentFacts facts) => facts.Fields.ValueKind == JsonValueKind.Object
        ? facts.Fields.EnumerateObject().Select(f => (Label(f.Name), ShownText.Cut(Text(f.Value), LongestValue)))
        : [];

    private static string Label(string name)
    {
        var words = ShownText.OneLine(name).Replace('_', ' ').Trim();
        return words.Length == 0 ? "(no name)" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => value.GetArrayLength() == 1 ? "1 entry" : $"{value.GetArrayLength()} entries",
        _ => value.GetRawText(),
    };
}
