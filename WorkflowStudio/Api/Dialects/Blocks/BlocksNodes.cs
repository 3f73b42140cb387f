using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>Between the two forms of JSON: values as they are read, and nodes that are put together.</summary>
internal static class BlocksNodes
{
    /// <summary>How many levels a body may have: blocks that lie 20 deep in each other take three each.</summary>
    public const int MaxDepth = 120;

    /// <summary>How deep a value may be nested: it is stored within a definition, which may have 64 levels.</summary>
    public const int MaxValueDepth = 50;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The field of an object; undefined when it is none or has none of the name.</summary>
    public static JsonElement Field(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var field) ? field : default;

    /// <summary>The text of a field, or null.</summary>
    public static string? Text(this JsonElement value, string name) =>
        value.Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    /// <summary>The text of a value; of an undefined one nothing.</summary>
    public static ReadOnlySpan<byte> Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(value);

    /// <summary>Whether a value is nested too deep to be stored.</summary>
    public static bool IsTooDeep(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && JsonDepth.IsOver(Raw(value), MaxValueDepth);

    /// <summary>A value as a node; null and undefined are null.</summary>
    public static JsonNode? ToNode(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    /// <summary>A node as a value.</summary>
    public static JsonElement ToElement(this JsonNode? node) =>
        JsonElement.Parse(Utf8(node), new JsonDocumentOptions { MaxDepth = MaxDepth });

    /// <summary>A node as UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            if (node is null) writer.WriteNullValue();
            else node.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }

    /// <summary>The fields of an object as a node of its own that may be changed.</summary>
    public static JsonObject Copy(this JsonElement value)
    {
        var copy = new JsonObject();
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var field in value.EnumerateObject()) copy[field.Name] = field.Value.ToNode();
        return copy;
    }
}
