using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Api;

/// <summary>
/// The fields of a form in the order in which they came. One that is given once is text, one that is given several times a list; a file is
/// an object with the id of its document.
/// </summary>
internal sealed class FormFields
{
    private readonly OrderedDictionary<string, List<(string? Text, NewDocument? File)>> fields = new(StringComparer.Ordinal);

    public void Add(string name, string value) => Add(name, (value, null));

    public void Add(string name, NewDocument file) => Add(name, (null, file));

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
                    writer.WritePropertyName(name);
                    Write(writer, only);
                    continue;
                }

                writer.WriteStartArray(name);
                foreach (var value in values) Write(writer, value);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, (string? Text, NewDocument? File) value)
    {
        if (value.File is not { } file)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("document_id", file.Id);
        writer.WriteString("name", file.Name);
        writer.WriteString("content_type", file.ContentType);
        writer.WriteNumber("size", file.Content.Length);
        writer.WriteEndObject();
    }

    private void Add(string name, (string? Text, NewDocument? File) value)
    {
        if (fields.TryGetValue(name, out var values)) values.Add(value);
        else fields.Add(name, [value]);
    }
}
