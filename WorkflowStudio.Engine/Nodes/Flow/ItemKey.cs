using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// A text that values have in common when they are the same, for dictionaries: numbers by their value, date-times with an offset by their
/// moment, lists item by item, objects field by field in any order. 1 and "1" are two values; what is missing is null. Pure.
/// </summary>
internal static class ItemKey
{
    /// <summary>The key of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="ignoreCase">Whether capital and small letters are the same in texts; the names of fields keep theirs.</param>
    public static string Of(JsonElement value, bool ignoreCase = false) => Of([value], ignoreCase);

    /// <summary>The key of several values, in their order.</summary>
    public static string Of(IEnumerable<JsonElement> values, bool ignoreCase)
    {
        var key = new StringBuilder();
        foreach (var value in values)
        {
            Append(key, value, ignoreCase);
            key.Append(',');
        }

        return key.ToString();
    }

    private static void Append(StringBuilder key, JsonElement value, bool ignoreCase)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                key.Append("null");
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                // the division takes the zeros at the end off
                key.Append(number == 0 ? "0" : (number / 1.000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.String:
                var text = value.GetString()!;
                if (DateText.TryInstant(text, out var instant)) key.Append(CultureInfo.InvariantCulture, $"@{instant.ToUnixTimeTicks()}");
                else key.Append(JsonSerializer.Serialize(ignoreCase ? text.ToUpperInvariant() : text));
                break;
            case JsonValueKind.Array:
                key.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(key, item, ignoreCase);
                    key.Append(',');
                }

                key.Append(']');
                break;
            case JsonValueKind.Object:
                key.Append('{');
                foreach (var field in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    key.Append(JsonSerializer.Serialize(field.Name)).Append(':');
                    Append(key, field.Value, ignoreCase);
                    key.Append(',');
                }

                key.Append('}');
                break;
            default:
                key.Append(value.GetRawText());
                break;
        }
    }
}
