using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using WorkflowStudio.Api;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

/// <summary>What a webhook makes of bodies: what the sender meant, or a refusal, never something else.</summary>
[Collection(StudioAppTests.Name)]
public sealed class WebhookBodyTests(StudioApp app)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=b";

    // bytes are written as Latin-1: one character a byte
    [Theory]
    [InlineData(Form + "; charset=iso-8859-1", "a=\u00e9", """{"a":"é"}""")]
    [InlineData(Form + "; charset=iso-8859-1", "n\u00e9=%E9", """{"né":"é"}""")]
    [InlineData(Form + "; charset=\"windows-1252\"", "a=%80", """{"a":"€"}""")]
    [InlineData(Form + "; charset=shift_jis", "a=%93%FA\u0096{", """{"a":"日本"}""")]
    [InlineData(Form, "a=%C3%A9&%C3%A9=\u00c3\u00a9", """{"a":"é","é":"é"}""")]
    [InlineData(Form, "\u00ef\u00bb\u00bfa=1&b=x+y%2B&b=2&c&A=3&d=%zz", """{"a":"1","b":["x y+","2"],"c":"","A":"3","d":"%zz"}""")]
    [InlineData("text/plain", "caf\u00c3\u00a9", "\"café\"")]
    [InlineData("text/plain; charset=windows-1252", "caf\u00e9 \u0080", "\"café €\"")]
    [InlineData("text/csv", "\u00ef\u00bb\u00bfname\n", "\"name\\n\"")]
    [InlineData("application/json", "\u00ef\u00bb\u00bf{\"a\":1}", """{"a":1}""")]
    [InlineData("application/json; charset=utf-16", "\u00ff\u00fe{\0\"\0a\0\"\0:\01\0}\0", """{"a":1}""")]
    [InlineData("application/json; charset=utf-16be", "\0{\0}", "{}")]
    [InlineData("application/json; charset=iso-8859-1", "{\"a\":\"\u00e9\"}", """{"a":"é"}""")]
    [InlineData("application/json", "[1,{\"a\":2}]", """[1,{"a":2}]""")]
    [InlineData("application/json", "\"x\"", "\"x\"")]
    [InlineData("application/json", "7", "7")]
    [InlineData("application/json", "null", "null")]
    [InlineData("application/vnd.github+json", "[]", "[]")]
    [InlineData("application/json;", "[]", "[]")]
    [InlineData("text/plain; charset", "", "{}")] // nothing to be read in it
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncaf\u00c3\u00a9\r\n--b\r\nContent-Disposition: "
        + "form-data; name=\"x%22y\"\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\u00e9\r\n--b\r\nContent-Disposition: "
        + "form-data; name=\"none\"; filename=\"\"\r\nContent-Type: "
        + "application/octet-stream\r\n\r\n\r\n--b--\r\n", """{"a":"café","x\"y":"é"}""")]
    public async Task Webhook_Body_StartsARunWithWhatWasMeant(string type, string body, string payload)
    {
        var reply = await PostAsync(type, body);

        Assert.True(reply.Status == 202, reply.Body);
        Assert.True(ShownId.TryRead(reply.Text("execution_id"), out var run));
        var view = await app.Get<RunViews>().ReadAsync(practice!.Owner.Tenant, run, default);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(System.Text.Json.JsonElement.Parse(payload), view!.State.Payload),
            view.State.Payload.GetRawText());
    }

    [Theory]
    [InlineData(Form, "a=\u00e9", 400, "invalid_text", "The field a is not utf-8: byte 1 does not belong to it.")]
    [InlineData(Form, "a=%E9", 400, "invalid_text", "The field a is not utf-8: byte 1 does not belong to it.")]
    [InlineData(Form, "%E9=a", 400, "invalid_text", "The name of a field is not utf-8: byte 1 does not belong to it.")]
    [InlineData(
        Form + "; charset=klingon", "a=1", 415, "unsupported_media_type", "The form names the charset klingon, which is not known here.")]
    [InlineData(
        Form + "; charset=utf-7", "a=1", 415, "unsupported_media_type", "The form names the charset utf-7, which is not known here.")]
    [InlineData(Form + "; charset=utf-16", "a\0=\01\0", 415, "unsupported_media_type", "A form cannot be read in the charset utf-16.")]
    [InlineData("application/json; charset=utf-7", "{}", 415, "unsupported_media_type",
        "The body names the charset utf-7, which is not known here.")]
    [InlineData("application/json; charset=utf-16", "{\0}", 400, "invalid_text", "The body is not utf-16: byte 3 does not belong to it.")]
    [InlineData("application/json", "\"\u00e9\"", 400, "invalid_json", "The text is not UTF-8.")]
    [InlineData("text/plain; charset=iso 8859-1", "\u00e9", 415, "unsupported_media_type",
        "The header Content-Type cannot be read. Write it like \"application/json\"")]
    [InlineData("application/json; charset==utf-16", "{}", 415, "unsupported_media_type", "The header Content-Type cannot be read.")]
    [InlineData(Form + "; charset=\"", "a=1", 415, "unsupported_media_type", "The header Content-Type cannot be read.")]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=iso "
        + "8859-1\r\n\r\nx\r\n--b--\r\n", 415, "unsupported_media_type", "The Content-Type of the field a cannot be read.")]
    [InlineData("text/plain", "\u00e9", 400, "invalid_text", "The body is not utf-8: byte 1 does not belong to it.")]
    [InlineData("application/pdf", "x", 415, "unsupported_media_type", "Send JSON (application/json), a form")]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"\u00e9\"\r\n\r\nx\r\n--b--\r\n", 400, "invalid_text",
        "The name of a field is not UTF-8.")]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\u00e9\r\n--b--\r\n", 400, "invalid_text",
        "The field a is not utf-8: byte 1 does not belong to it.")]
    [InlineData(
        Multipart, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--\r\n", 415,
        "unsupported_media_type", "The field a is written as base64.")]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", 400, "invalid_form", "The form cannot be read")]
    [InlineData(Multipart, "--b\r\n\r\nx\r\n--b--\r\n", 400, "invalid_form", "The form cannot be read")]
    [InlineData("multipart/form-data", "--b--\r\n", 400, "invalid_form", "The form cannot be read: its Content-Type names no boundary")]
    public async Task Webhook_BodyThatCannotBeRead_IsRefusedWithTheReason(string type, string body, int status, string code, string message)
    {
        var reply = await PostAsync(type, body);

        Assert.Equal((status, code), (reply.Status, reply.Text("code")));
        Assert.StartsWith(message, reply.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "\u00c3\u00a9", 500_000, 202)] // é, kept as it is and not as \u00e9
    [InlineData("text/plain", "<a href='x'>&", 70_000, 202)]
    [InlineData("text/plain", "\"", 600_000, 413)]
    [InlineData("text/plain", "\u0001", 200_000, 413)]
    [InlineData("text/plain; charset=iso-8859-1", "\u00e9", 600_000, 413)]
    [InlineData(Form, "%01", 200_000, 413)]
    public async Task Webhook_BodyThatGrowsOnTheWay_IsKeptUpToOneMebibyte(string type, string sign, int times, int status)
    {
        var reply = await PostAsync(type, string.Concat(Enumerable.Repeat(sign, times)));

        Assert.Equal(status, reply.Status);
        if (status == 413)
            Assert.Equal(("payload_too_large", "The body is larger than 1 MiB when it is kept, which is as JSON in UTF-8."),
                (reply.Text("code"), reply.Text("message")));
    }

    [Theory]
    [InlineData("application/json; charset=iso 8859-1", 1, 415)]
    [InlineData("application/json; charset=iso-8859-1", 600_000, 413)]
    public async Task Api_BodyOfACharsetThatCannotBeReadOrGrows_IsRefused(string type, int times, int status)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes($"{{\"name\":\"{new string('\u00e9', times)}\"}}"));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(status, (await (await app.PracticeAsync()).SendAsync(HttpMethod.Post, "/api/v1/workflows", content, null)).Status);
    }

    [Fact]
    public async Task Api_BodyInAnotherCharset_IsReadToo()
    {
        var here = await app.PracticeAsync();
        using var content = new ByteArrayContent([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(GraphBodies.Small())]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-16");

        Assert.Equal(201, (await here.SendAsync(HttpMethod.Post, "/api/v1/workflows", content, null)).Status);
    }

    [Fact]
    public async Task Read_ChunkThatCannotBe_IsABadRequest()
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new BrokenStream();

        var refused = await Assert.ThrowsAsync<BadHttpRequestException>(async () => await RequestBody.ReadAsync(http.Request, default));

        Assert.Equal(400, refused.StatusCode);
    }

    private TestPractice? practice;

    private async Task<Reply> PostAsync(string type, string body)
    {
        practice = await app.PracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Reply.OfAsync(await app.CreateClient().PostAsync($"/api/v1/webhooks/{id}", content));
    }

    // as Kestrel's body for a chunk of 2^64 bytes
    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("Bad chunk size", new OverflowException());
    }
}
