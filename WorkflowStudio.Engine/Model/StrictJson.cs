using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// Reads JSON that came from outside: no comments, no duplicate keys (docs/decisions.md, "Status codes and errors"), no text that is
/// not Unicode, at most 64 levels unless a caller asks for others. What passes can be read anywhere later without a surprise.
/// </summary>
public static class StrictJson
{
    private const int MaxDepth = 64;

    /// <summary>
    /// The value; false with <c>invalid_json</c> or <c>duplicate_key</c>. <paramref name="maxDepth"/> is the number of levels; every
    /// reader takes 64.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement value, out WorkflowProblem? problem, int maxDepth = MaxDepth)
    {
        value = default;
        if (utf8 is [0xEF, 0xBB, 0xBF, ..]) utf8 = utf8[3..]; // a byte order mark (RFC 8259, 8.1)
        if (!Utf8.IsValid(utf8))
        {
            problem = Invalid("", "The text is not UTF-8.");
            return false;
        }
        try
        {
            value = JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException e)
        {
            problem = Invalid("", JsonDepth.IsOver(utf8, maxDepth)
                ? $"The JSON is nested deeper than {maxDepth} levels. Make it flatter."
                : $"This is not JSON: line {Number(e.LineNumber + 1)}, character {Number(ShownText.Character(utf8, e))} cannot be read.");
            return false;
        }
        problem = Check(value, "");
        if (problem is not null) value = default;
        return problem is null;
    }

    /// <summary>The first duplicate key or unreadable text inside a value, or null.</summary>
    public static WorkflowProblem? Check(JsonElement value) => Check(value, "");

    // as deep as the parsed document, which has few levels
    private static WorkflowProblem? Check(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => CheckObject(value, path),
        JsonValueKind.Array => value.EnumerateArray().Select((item, i) => Check(item, JsonPlace.Item(path, i)))
            .FirstOrDefault(p => p is not null),
        JsonValueKind.String when !IsText(JsonMarshal.GetRawUtf8Value(value)) =>
            Invalid(path, "The text holds half of a surrogate pair (\\ud800 to \\udfff)."),
        _ => null,
    };

    private static WorkflowProblem? CheckObject(JsonElement value, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!IsText(JsonMarshal.GetRawUtf8PropertyName(property)))
                return Invalid(path, "A key holds half of a surrogate pair (\\ud800 to \\udfff).");
            var place = JsonPlace.Property(path, property.Name);
            if (!names.Add(property.Name))
                return WorkflowProblem.Error(
                    WorkflowProblemCodes.DuplicateKey, place, null, $"The key {place} is given twice. Remove one of them.");
            if (Check(property.Value, place) is { } problem) return problem;
        }
        return null;
    }

    // the parser checks the form of escapes, not that surrogates come in pairs
    private static bool IsText(ReadOnlySpan<byte> raw)
    {
        var high = false;
        while (raw.IndexOf((byte)'\\') is >= 0 and var at)
        {
            if (high && at > 0) return false;
            var escape = raw[(at + 1)..];
            var unit = escape[0] == 'u' ? Convert.ToInt32(System.Text.Encoding.ASCII.GetString(escape.Slice(1, 4)), 16) : 0;
            var low = unit is >= 0xDC00 and <= 0xDFFF;
            if (high != low) return false;
            high = unit is >= 0xD800 and <= 0xDBFF;
            raw = escape[(escape[0] == 'u' ? 5 : 1)..];
        }
        return !high;
    }

    private static WorkflowProblem Invalid(string path, string message) =>
        WorkflowProblem.Error(WorkflowProblemCodes.InvalidJson, path, null, message);

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
