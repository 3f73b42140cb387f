using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// The payload of a webhook whose trigger asks for more than the body: <c>{"body": …, "query": {…}, "headers": {…}}</c>, the last two as
/// far as they are asked for.
/// </summary>
public static class PostedPayload
{
    private const string Body = "body";
    private const string Query = "query";
    private const string Headers = "headers";

    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts them together. A name with one value has it as text, one with several as a list.</summary>
    /// <param name="body">What was posted.</param>
    /// <param name="query">The query of the address; null when it is not asked for.</param>
    /// <param name="headers">The headers; null when they are not asked for.</param>
    public static JsonElement Of(
        JsonElement body, IEnumerable<KeyValuePair<string, string?[]>>? query, IEnumerable<KeyValuePair<string, string?[]>>? headers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plainly))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(Body);
            body.WriteTo(writer);
            Write(writer, Query, query);
            Write(writer, Headers, headers);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>What was posted: the body of such a payload, any other as it is.</summary>
    public static JsonElement BodyOf(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(Body, out var body)) return payload;
        var names = payload.EnumerateObject().Select(p => p.Name).ToList();
        return names.Count > 1 && names.TrueForAll(n => n is Body or Query or Headers) ? body : payload;
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, string?[]>>? values)
    {
        if (values is null) return;
        writer.WriteStartObject(name);
        foreach (var (key, all) in values)
        {
            writer.WritePropertyName(key);
            if (all is [var only])
            {
                writer.WriteStringValue(only ?? "");
                continue;
            }

            writer.WriteStartArray();
            foreach (var one in all) writer.WriteStringValue(one ?? "");
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
