using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Api;

/// <summary>
/// Reads bodies: at most 1 MiB where nothing else is said, strict JSON of at most 60 levels, forms and text. A charset that is named is
/// used or refused, never guessed.
/// </summary>
internal static class RequestBody
{
    /// <summary>The largest body where nothing else is said, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int ReadPast = 15 * MaxBytes;

    // a text that is data grows as little as may be: the encoder for pages makes six signs of every letter that is not ASCII
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes, or null when there are too many.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken, int most = MaxBytes)
    {
        // what is too large is read past by the server, so that whoever is still sending it can read the answer
        if ((request.ContentLength ?? long.MaxValue) > MaxBytes
            && request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most + ReadPast;
        if (request.ContentLength > most) return null;
        if (request.ContentLength == 0) return ReadOnlyMemory<byte>.Empty;
        try
        {
            return await ReadPipeAsync(request.BodyReader, most, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // what the client sent cannot be read, for example a chunk that says it has 2^64 bytes; no file is read here
            throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>The body as a JSON object. An empty body is an empty object where <paramref name="mayBeEmpty"/>.</summary>
    public static bool TryObject(
        HttpRequest request, ReadOnlyMemory<byte> body, bool mayBeEmpty, out JsonElement value, out ApiProblem? problem,
        int levels = JsonDepth.Most)
    {
        value = default;
        problem = Packed(request);
        if (problem is not null) return false;
        if (body.IsEmpty && mayBeEmpty) value = JsonElement.Parse("{}"u8);
        else if (Unread(request.ContentType)) problem = ApiProblem.BrokenContentType("The header Content-Type");
        else if (!IsJson(request.ContentType)) problem = ApiProblem.NotJson;
        else if (!TryJson(body, Charset(request.ContentType), levels, out value, out problem)) return false;
        else if (value.ValueKind != JsonValueKind.Object) problem = ApiProblem.NotAnObject;
        return problem is null;
    }

    /// <summary>
    /// The body as what a webhook starts a run with: any JSON value, an object of a form's fields, or a text. An empty one is an empty
    /// object. What is kept is at most <see cref="MaxBytes"/> of JSON, however it was written.
    /// </summary>
    public static async ValueTask<PostedBody> PayloadAsync(
        HttpRequest request, ReadOnlyMemory<byte> body, IdFactory ids, CancellationToken cancellationToken)
    {
        if (Packed(request) is { } packed) return PostedBody.Refused(packed);
        if (body.IsEmpty) return new PostedBody(JsonElement.Parse("{}"u8), [], null);
        if (Unread(request.ContentType)) return PostedBody.Refused(ApiProblem.BrokenContentType("The header Content-Type"));
        var isMultipart = Plain(request.ContentType).Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var posted = isMultipart
            ? await MultipartBody.ReadAsync(body, request.ContentType!, ids, cancellationToken)
            : WithoutFiles(Payload(request.ContentType, body));
        return posted.Problem is null && JsonMarshal.GetRawUtf8Value(posted.Value).Length > MaxBytes
            ? PostedBody.Refused(ApiProblem.TooLargeAsJson)
            : posted;
    }

    private static PostedBody WithoutFiles((JsonElement Value, ApiProblem? Problem) read) => new(read.Value, [], read.Problem);

    /// <summary>Whether a Content-Type is given that says nothing anybody could read: its charset would be lost with it.</summary>
    public static bool Unread(string? type) => !string.IsNullOrWhiteSpace(type) && !MediaTypeHeaderValue.TryParse(type, out _);

    private static (JsonElement Payload, ApiProblem? Problem) Payload(string? contentType, ReadOnlyMemory<byte> body)
    {
        var type = Plain(contentType);
        var charset = Charset(contentType);
        var (value, problem) = (default(JsonElement), (ApiProblem?)null);
        if (IsJson(contentType)) TryJson(body, charset, JsonDepth.Most, out value, out problem);
        else if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            problem = FormBody.Read(body.Span, charset, out value);
        else if (!type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)) problem = ApiProblem.NotTaken;
        else if (ForeignText.TryRead(body.Span, charset, out var text, out var unreadable))
            value = JsonSerializer.SerializeToElement(text, Plainly);
        else problem = ApiProblem.Unreadable("The body", unreadable);
        return (value, problem);
    }

    private static ApiProblem? Packed(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding
            && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase) ? ApiProblem.Encoded : null;

    private static bool TryJson(
        ReadOnlyMemory<byte> body, string? charset, int levels, out JsonElement value, out ApiProblem? problem)
    {
        (value, problem) = (default, null);
        if (ForeignText.IsForeign(body.Span, charset))
        {
            if (!ForeignText.TryRead(body.Span, charset, out var text, out var unreadable))
            {
                problem = ApiProblem.Unreadable("The body", unreadable);
                return false;
            }

            body = Encoding.UTF8.GetBytes(text);
            if (body.Length > MaxBytes)
            {
                problem = ApiProblem.TooLargeAsJson;
                return false;
            }
        }

        if (StrictJson.TryParse(body.Span, out value, out var broken, levels)) return true;
        problem = ApiProblem.BrokenJson(broken!);
        return false;
    }

    internal static string? Charset(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var read) && read.Charset.HasValue ? read.Charset.Value : null;

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadPipeAsync(
        System.IO.Pipelines.PipeReader reader, int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > most)
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
        return plain.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || plain.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> Plain(string? type)
    {
        var span = type.AsSpan();
        var end = span.IndexOf(';');
        return (end < 0 ? span : span[..end]).Trim();
    }
}
