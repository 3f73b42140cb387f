using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// Reads every answer into memory, unpacks it and makes UTF-8 of its text, so that all callers read the same. The limit counts what comes
/// out, and holds for callers that stream. What is packed in a way that nobody here knows is handed on with its Content-Encoding.
/// </summary>
internal sealed class HttpAnswers(HttpMessageHandler inner, int maxBytes) : DelegatingHandler(inner)
{
    /// <summary>Whether the caller reads the answer itself, as far as it wants to.</summary>
    public static readonly HttpRequestOptionsKey<bool> AsItComes = new("as_it_comes");

    // nobody packs twice without being made to; each takes its time, and an answer of a few bytes can name thousands
    private const int MostPackings = 4;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(AsItComes, out var asItComes) && asItComes) return await base.SendAsync(request, cancellationToken);
        if (!request.Headers.NonValidated.Contains("Accept-Encoding")) request.Headers.Add("Accept-Encoding", "gzip, deflate, br");
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken);
            response.Content = await ReadAsync(response.Content, request.RequestUri!.Host, cancellationToken);
            return response;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            response.Dispose();
            throw new CallRefusedException(CallProblem.TooLarge(request.RequestUri!.Host));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpContent> ReadAsync(HttpContent content, string host, CancellationToken cancellationToken)
    {
        string[] packings = [.. content.Headers.ContentEncoding.Select(e => e.Trim().ToLowerInvariant())
            .Where(e => e is not ("" or "identity"))];
        if (packings.Length > MostPackings)
            throw new CallRefusedException("unknown_encoding", $"{host} answered something that is packed {packings.Length} times over; at "
                + $"most {MostPackings} are unpacked. Send the header Accept-Encoding: identity, or ask whoever runs it.");
        var charset = content.Headers.ContentType?.CharSet;
        var bytes = await content.ReadAsByteArrayAsync(cancellationToken);
        var isPacked = bytes.Length > 0 && packings.Length > 0;
        if (isPacked && !packings.All(IsKnown)) return content;
        var plain = isPacked ? packings.Reverse().Aggregate(bytes, (packed, packing) => Unpacked(
            packed, packing, host, cancellationToken)) : bytes;
        string? text = null;
        var isForeign = ForeignText.IsForeign(plain, charset) && ForeignText.TryRead(plain, charset, out text, out _);
        if (!isPacked && !isForeign) return content;

        var read = new ByteArrayContent(isForeign ? Encoding.UTF8.GetBytes(text!) : plain);
        foreach (var (name, values) in content.Headers.NonValidated)
            if (name is not ("Content-Encoding" or "Content-Length")) read.Headers.TryAddWithoutValidation(name, values);
        if (isForeign && read.Headers.ContentType is { } type) type.CharSet = "utf-8";
        return read;
    }

    private static bool IsKnown(string packing) => packing is "gzip" or "x-gzip" or "deflate" or "br";

    private byte[] Unpacked(byte[] packed, string packing, string host, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = Opened(new MemoryStream(packed), packing, packed);
            using var plain = new MemoryStream();
            var buffer = new byte[32 * 1024];
            for (int read; (read = stream.Read(buffer)) > 0; plain.Write(buffer, 0, read))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (plain.Length + read > maxBytes) throw new CallRefusedException(CallProblem.TooLarge(host));
            }

            return plain.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new CallRefusedException("broken_answer", $"{host} says that its answer is packed as {packing}, but it cannot be "
                + "unpacked. Ask whoever runs it, or send the header Accept-Encoding: identity.");
        }
    }

    // “deflate” is the zlib form (RFC 9110, 8.4.1.2), but some send the bare one
    private static Stream Opened(MemoryStream source, string packing, byte[] packed) => packing switch
    {
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "deflate" when packed is [var first, var second, ..] && (first & 0x0F) == 8 && (first << 8 | second) % 31 == 0 =>
            new ZLibStream(source, CompressionMode.Decompress),
        "deflate" => new DeflateStream(source, CompressionMode.Decompress),
        _ => new GZipStream(source, CompressionMode.Decompress),
    };
}
