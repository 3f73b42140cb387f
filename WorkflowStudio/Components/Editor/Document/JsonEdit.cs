using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>Changes to JSON that leave everything else as it was, the order of the names included.</summary>
internal static class JsonEdit
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Plain with { Indented = true };

    /// <summary>
    /// The object with one property set, or removed when the value is undefined. Anything but an object counts as an empty one.
    /// </summary>
    public static JsonElement With(JsonElement target, string name, JsonElement value) => Written(Plain, json =>
    {
        var found = false;
        json.WriteStartObject();
        if (target.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in target.EnumerateObject())
            {
                var isMeant = property.NameEquals(name);
                found |= isMeant;
                Write(json, property.Name, isMeant ? value : property.Value);
            }
        }
        if (!found) Write(json, name, value);
        json.WriteEndObject();
    });

    /// <summary>The property, or undefined.</summary>
    public static JsonElement Get(JsonElement target, string name) =>
        target.ValueKind == JsonValueKind.Object && target.TryGetProperty(name, out var value) ? value : default;

    public static JsonElement Text(string text) => Written(Plain, json => json.WriteStringValue(text));

    /// <summary>What was written where any value will do: JSON when it is that and nothing is lost (012 is no number), else text.</summary>
    public static JsonElement Any(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0 || !(char.IsAsciiDigit(trimmed[0]) || trimmed[0] is '-' or '{' or '[' || trimmed is "true" or "false"))
            return Text(text);
        try
        {
            return JsonElement.Parse(trimmed, new JsonDocumentOptions { MaxDepth = 56 });
        }
        catch (JsonException)
        {
            return Text(text);
        }
    }

    public static JsonElement Number(decimal number) => Written(Plain, json => json.WriteNumberValue(number));

    public static JsonElement Boolean(bool value) => Written(Plain, json => json.WriteBooleanValue(value));

    public static JsonElement List(IEnumerable<JsonElement> items) => Written(Plain, json =>
    {
        json.WriteStartArray();
        foreach (var item in items.Where(i => i.ValueKind != JsonValueKind.Undefined)) item.WriteTo(json);
        json.WriteEndArray();
    });

    /// <summary>An object of entries; of two with the same name the later counts.</summary>
    public static JsonElement Map(IEnumerable<KeyValuePair<string, JsonElement>> entries) => Written(Plain, json =>
    {
        json.WriteStartObject();
        foreach (var entry in entries.GroupBy(e => e.Key).Select(g => g.Last())) Write(json, entry.Key, entry.Value);
        json.WriteEndObject();
    });

    /// <summary>The value on several lines, for people.</summary>
    public static string Pretty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "" : System.Text.Encoding.UTF8.GetString(Bytes(Indented, json => value.WriteTo(json)));

    /// <summary>The value on one line, every letter as it is.</summary>
    public static string Compact(JsonElement value) => System.Text.Encoding.UTF8.GetString(Bytes(Plain, json => value.WriteTo(json)));

    /// <summary>The value with every text replaced by what <paramref name="change"/> makes of it.</summary>
    public static JsonElement MapTexts(JsonElement value, Func<string, string> change) =>
        MapTexts(value, (_, text) => change(text));

    /// <summary>
    /// The value with every text replaced by what <paramref name="change"/> makes of its place (<see cref="JsonPlace"/>) and it.
    /// </summary>
    public static JsonElement MapTexts(JsonElement value, Func<string, string, string> change) =>
        value.ValueKind == JsonValueKind.Undefined ? value : Written(Plain, json => WriteTexts(json, value, "", change));

    private static void WriteTexts(Utf8JsonWriter json, JsonElement value, string place, Func<string, string, string> change)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteStringValue(change(place, value.GetString()!));
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                var index = 0;
                foreach (var item in value.EnumerateArray()) WriteTexts(json, item, JsonPlace.Item(place, index++), change);
                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    WriteTexts(json, property.Value, JsonPlace.Property(place, property.Name), change);
                }
                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static JsonElement Written(JsonWriterOptions options, Action<Utf8JsonWriter> write) => JsonElement.Parse(Bytes(options, write));

    private static byte[] Bytes(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
