using System.IO.Compression;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>What comes back: unpacked, in the charset that it names, and never changed in silence.</summary>
public sealed class HttpAnswerTests
{
    // bytes are written as Latin-1: one character a byte
    [Theory]
    [InlineData("application/json", "\u00ef\u00bb\u00bf{\"a\":1}", """{"a":1}""")]
    [InlineData("application/json; charset=utf-16", "\u00ff\u00fe{\0}\0", "{}")]
    [InlineData("application/json; charset=utf-16", "\u00fe\u00ff\0{\0}", "{}")]
    [InlineData("application/json; charset=\"UTF8\"", "{\"a\":\"\u00c3\u00a9\"}", """{"a":"é"}""")]
    [InlineData("text/csv", "\u00ef\u00bb\u00bfname", "\"name\"")]
    [InlineData("text/plain; charset=windows-1252", "caf\u00e9 \u0080", "\"café €\"")]
    [InlineData("text/plain; charset=iso-8859-2", "\u00b1", "\"ą\"")]
    [InlineData("text/plain; charset=shift_jis", "\u0093\u00fa\u0096{", "\"日本\"")]
    [InlineData("text/plain", "caf\u00c3\u00a9", "\"café\"")]
    public async Task Execute_AnswerInACharset_IsRead(string type, string answer, string body)
    {
        using var server = new LocalServer(_ => LocalServer.Ok(Encoding.Latin1.GetBytes(answer), $"Content-Type: {type}\r\n"));
        var read = (await new HttpStepCall(server, "{}").OutputAsync()).GetProperty("body");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(body), read), read.GetRawText());
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\n", "caf\u00e9", "wrong_charset",
        "The answer of localhost is not utf-8: byte 4 does not belong to it.")]
    [InlineData("Content-Type: text/plain; charset=us-ascii\r\n", "\u00e9", "wrong_charset",
        "The answer of localhost is not us-ascii: byte 1 does not belong to it.")]
    [InlineData("Content-Type: text/plain; charset=klingon\r\n", "x", "unknown_charset",
        "The answer of localhost names the charset klingon, which is not known here.")]
    [InlineData("Content-Type: text/plain\r\nContent-Encoding: zstd\r\n", "x", "unknown_encoding",
        "localhost answered something that is packed as zstd")]
    [InlineData("Content-Type: text/plain\r\nContent-Encoding: gzip\r\n", "no gzip at all", "broken_answer",
        "localhost says that its answer is packed as gzip")]
    [InlineData("Content-Type: text/plain\r\nContent-Encoding: br\r\n", "no brotli at all", "broken_answer",
        "localhost says that its answer is packed as br")]
    public async Task Execute_AnswerThatCannotBeRead_FailsWithTheReason(string headers, string answer, string code, string message)
    {
        using var server = new LocalServer(_ => LocalServer.Ok(Encoding.Latin1.GetBytes(answer), headers));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, """{"response":"text"}""").RunAsync());

        Assert.Equal((code, false), (failed.Code, failed.Retryable));
        Assert.StartsWith(message, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_FailureThatCannotBeRead_IsToldByItsStatus()
    {
        using var server = new LocalServer(
            _ => "HTTP/1.1 503 Away\r\nContent-Type: text/plain; charset=klingon\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");

        Assert.Equal("server_error", Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}").RunAsync()).Code);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("GZip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "deflate")]
    [InlineData("br", "br")]
    [InlineData("identity", "")]
    [InlineData("gzip, br", "gzip br")]
    [InlineData("deflate,identity,GZIP", "zlib gzip")]
    public async Task Execute_PackedAnswer_IsUnpacked(string named, string packings)
    {
        var bytes = packings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate("{\"ok\":true}"u8.ToArray(), Packed);
        using var server = new LocalServer(_ => LocalServer.Ok(bytes, $"Content-Type: application/json\r\nContent-Encoding: {named}\r\n"));
        var output = await new HttpStepCall(server, "{}").OutputAsync();

        Assert.True(output.GetProperty("body").GetProperty("ok").GetBoolean());
        Assert.Contains("Accept-Encoding: gzip, deflate, br\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "deflate")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "gzip br")]
    [InlineData("deflate,identity,GZIP", "zlib gzip")]
    public async Task Execute_PackedAnswerThatBreaksOff_IsBroken(string named, string packings)
    {
        var bytes = packings.Split(' ').Aggregate(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 500))), Packed);
        foreach (var length in new[] { bytes.Length / 2, bytes.Length - 4 })
        {
            using var server = new LocalServer(
                _ => LocalServer.Ok(bytes[..length], $"Content-Type: text/plain\r\nContent-Encoding: {named}\r\n"));
            Assert.Equal("broken_answer",
                Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, """{"response":"text"}""").RunAsync()).Code);
        }
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, "unknown_encoding")]
    public async Task Execute_AnswerPackedManyTimes_IsUnpackedFourTimesAtMost(int times, string? code)
    {
        var bytes = Enumerable.Repeat("gzip", times).Aggregate("{}"u8.ToArray(), Packed);
        using var server = new LocalServer(_ => LocalServer.Ok(bytes,
            $"Content-Type: application/json\r\nContent-Encoding: {string.Join(", ", Enumerable.Repeat("gzip", times))}, identity\r\n"));

        Assert.Equal(code, (await new HttpStepCall(server, "{}").RunAsync() as NodeOutcome.Failed)?.Code);
    }

    [Theory]
    [InlineData(2 * 1024 * 1024)]
    [InlineData(50 * 1024 * 1024)]
    public async Task Execute_LittleThatUnpacksToMuch_IsTooLarge(int size)
    {
        using var server = new LocalServer(
            _ => LocalServer.Ok(Packed(new byte[size], "gzip"), "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n"));

        Assert.Equal("response_too_large", Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}").RunAsync()).Code);
    }

    private static byte[] Packed(byte[] plain, string packing)
    {
        using var packed = new MemoryStream();
        using (Stream stream = packing switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "zlib" => new ZLibStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new DeflateStream(packed, CompressionLevel.Fastest),
        }) stream.Write(plain);
        return packed.ToArray();
    }
}
