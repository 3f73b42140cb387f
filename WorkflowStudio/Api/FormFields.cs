using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WorkflowStudio.Api;

/// <summary>
/// The fields of a form in the order in which they came. One that is given once is text, one that is given several times a list.
/// </summary>
internal sealed class FormFields
{
    private readonly OrderedDictionary<string, List<string>> fields = new(StringComparer.Ordinal);

    public void Add(string name, string value)
    {
        if (fields.TryGetValue(name, out var values)) values.Add(value);
        else fields.Add(name, [value]);
    }

    /// <summary>The fields as a JSON object.</summary>
    public JsonElement Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in fields)
            {
                if (values is [var only])
                {
                    writer.WriteString(name, only);
                    continue;
                }

                writer.WriteStartArray(name);
                foreach (var value in values) writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
