using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// How a value reads inside text: text as it is, numbers invariant and as short as they can be, <c>true</c> and <c>false</c>, objects and
/// lists as compact JSON. Dates are text already. Null has no text: it is a missing value.
/// </summary>
internal static class JsonText
{
    /// <summary>Appends the value, escaped for the inside of a JSON string.</summary>
    public static void Append(JsonElement value, JsonBytes target)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                target.Raw(JsonMarshal.GetRawUtf8Value(value)[1..^1]); // escaped in its document, so escaped here
                break;
            case JsonValueKind.Number:
                Number(value, target);
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                using (var compact = new JsonBytes())
                {
                    using (var writer = new Utf8JsonWriter(
                        compact, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                        value.WriteTo(writer);
                    target.Escaped(compact.Written);
                }
                break;
            default:
                target.Raw(value);
                break;
        }
    }

    private static void Number(JsonElement value, JsonBytes target)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0) target.Raw(raw);
        else if (value.TryGetDecimal(out var exact))
            target.Raw(Utf8(exact.ToString("0.############################", CultureInfo.InvariantCulture)));
        else if (value.TryGetDouble(out var wide) && double.IsFinite(wide))
            target.Raw(Utf8(wide.ToString("R", CultureInfo.InvariantCulture)));
        else target.Raw(raw);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
