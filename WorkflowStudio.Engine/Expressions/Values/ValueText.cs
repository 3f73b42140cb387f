using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Values;

/// <summary>How values read: inside text, and in messages.</summary>
internal static class ValueText
{
    private const int LongestShown = 40;

    /// <summary>The value as it stands inside text (see <see cref="JsonText"/>); null has none.</summary>
    public static string Of(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text: return value.Text();
            case ValueKind.Number when value.TryNumber(out var number): return ValueJson.Plain(number);
            default:
                using (var escaped = new JsonBytes())
                {
                    escaped.Raw("\""u8);
                    Append(value, escaped);
                    escaped.Raw("\""u8);
                    return JsonElement.Parse(escaped.Written).GetString()!;
                }
        }
    }

    /// <summary>Appends the value, escaped for the inside of a JSON string.</summary>
    public static void Append(Value value, JsonBytes target)
    {
        if (value is { Kind: ValueKind.Text, IsJson: false }) target.Escaped(Encoding.UTF8.GetBytes(value.Text()));
        else JsonText.Append(ValueJson.Element(value), target);
    }

    /// <summary>The value in a message: "the text “abc”", "a list".</summary>
    public static string Shown(Value value) => value.Kind switch
    {
        ValueKind.Null => "nothing (null)",
        ValueKind.Text => $"the text \"{Short(value.Text())}\"",
        ValueKind.List => "a list",
        ValueKind.Object => "an object",
        _ => Short(Of(value)),
    };

    private static string Short(string text) => ShownText.Cut(text, LongestShown);
}
