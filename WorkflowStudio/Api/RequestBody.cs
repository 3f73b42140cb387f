using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Api;

/// <summary>Reads bodies: at most 1 MiB, strict JSON of at most 60 levels, or a form.</summary>
internal static class RequestBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The bytes, or null when there are too many.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes) return null;
        if (request.ContentLength == 0) return ReadOnlyMemory<byte>.Empty;
        try
        {
            return await ReadPipeAsync(request.BodyReader, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    /// <summary>The body as a JSON object. An empty body is an empty object where <paramref name="mayBeEmpty"/>; a form becomes one where <paramref name="mayBeForm"/>.</summary>
    public static bool TryObject(HttpRequest request, ReadOnlyMemory<byte> body, bool mayBeEmpty, bool mayBeForm, out JsonElement value, out ApiProblem? problem)
    {
        (value, problem) = (default, null);
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) problem = ApiProblem.Encoded;
        else if (body.IsEmpty && mayBeEmpty) value = JsonElement.Parse("{}"u8);
        else if (mayBeForm && IsForm(request.ContentType)) value = Form(body);
        else if (!IsJson(request.ContentType)) problem = ApiProblem.NotJson;
        else if (!StrictJson.TryParse(body.Span, out value, out var broken, JsonDepth.Most)) problem = ApiProblem.BrokenJson(broken!);
        else if (value.ValueKind != JsonValueKind.Object) problem = ApiProblem.NotAnObject;
        return problem is null;
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadPipeAsync(System.IO.Pipelines.PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsJson(string? type)
    {
        var plain = Plain(type);
        return plain.Equals("application/json", StringComparison.OrdinalIgnoreCase) || plain.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsForm(string? type) => Plain(type).Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Plain(string? type)
    {
        var span = type.AsSpan();
        var end = span.IndexOf(';');
        return (end < 0 ? span : span[..end]).Trim();
    }

    // a field that is given once is text, one that is given several times a list
    private static JsonElement Form(ReadOnlyMemory<byte> body)
    {
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span));
        var buffer = new ArrayBufferWriter<byte>(body.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in fields)
            {
                if (values.Count == 1)
                {
                    writer.WriteString(name, values[0]);
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
