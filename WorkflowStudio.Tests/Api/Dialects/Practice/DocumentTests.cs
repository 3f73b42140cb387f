using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Documents over HTTP.</summary>
[Collection(StudioAppTests.Name)]
public sealed class DocumentTests(StudioApp app)
{
    private const string Documents = "/api/v1/documents";

    [Fact]
    public async Task Document_IsPutInFoundReadChangedAndRemoved()
    {
        var practice = await app.PracticeAsync();
        var made = await PutAsync(practice, "../../Invoice 7.txt", "Total: 120.00"u8.ToArray(), key: "put");
        Assert.Equal((201, "Invoice 7.txt", 13, false), (made.Status, made.Data().GetProperty("name").GetString(),
            made.Data().GetProperty("size").GetInt32(), made.Data().GetProperty("fields").ValueKind == JsonValueKind.Object));
        var path = made.Headers.Location!.ToString();
        Assert.Equal("Total: 120.00", (await practice.GetAsync($"{path}/text")).Data().GetProperty("text").GetString());
        var content = await practice.GetAsync($"{path}/content");
        Assert.Equal((200, "Total: 120.00", "text/plain"), (content.Status, content.Body, content.ContentType));
        Assert.StartsWith("attachment", content.ContentHeaders.ContentDisposition!.ToString(), StringComparison.Ordinal);

        var changed = await PatchAsync(practice, path, """{"name":"Invoice 8.txt","fields":{"total":120.5}}""");
        Assert.Equal(("Invoice 8.txt", "120.5", false), (changed.Data().GetProperty("name").GetString(),
            changed.Data().GetProperty("fields").GetProperty("total").GetRawText(),
            changed.Data().GetProperty("confidence").ValueKind == JsonValueKind.Number));
        Assert.Equal(200, (await PatchAsync(practice, path, changed.Data().GetRawText())).Status);
        Assert.Single((await practice.GetAsync($"{Documents}?search=invoice&hasFields=true")).Json.GetProperty("data").EnumerateArray());
        Assert.Empty((await practice.GetAsync($"{Documents}?hasFields=false")).Json.GetProperty("data").EnumerateArray());
        Assert.Empty((await practice.GetAsync($"{Documents}?createdAt[lte]=2001-01-01T00:00:00Z")).Json.GetProperty("data")
            .EnumerateArray());

        var other = await app.PracticeAsync();
        Assert.Equal((404, 404, 404, 404, 404), ((await other.GetAsync(path)).Status, (await other.GetAsync($"{path}/content")).Status,
            (await other.GetAsync($"{path}/text")).Status, (await PatchAsync(other, path, """{"name":"x"}""")).Status,
            (await other.DeleteAsync(path)).Status));
        Assert.Equal((204, 404), ((await practice.DeleteAsync(path)).Status, (await practice.GetAsync(path)).Status));
    }

    [Fact]
    public async Task DocumentsOfSeveralMegabytes_AreTaken_AndLargerOnesRefused()
    {
        var practice = await app.PracticeAsync();
        Assert.Equal(201, (await PutAsync(practice, "scan.bin", new byte[5 << 20])).Status);
        Assert.Equal(422, (await PutAsync(practice, "scan.bin", new byte[(20 << 20) + 1])).Status);
        var huge = await PutAsync(practice, "scan.bin", new byte[22 << 20]);
        Assert.Equal((413, true), (huge.Status, huge.Body.Contains("21 MiB", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatIsNoFile_IsRefused()
    {
        var practice = await app.PracticeAsync();
        Assert.Equal(415, (await practice.PostAsync(Documents, """{"name":"x"}""")).Status);
        Assert.Equal(422, (await PutAsync(practice, "empty.txt", [])).Status);
        foreach (var beside in ((string, string)[])[("contactId", "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"), ("colour", "red")])
            Assert.Equal(422, (await PutAsync(practice, "a.txt", "a"u8.ToArray(), [beside])).Status);
        using var none = new MultipartFormDataContent { { new StringContent("a"), "name" } };
        Assert.Equal(422, (await practice.SendAsync(HttpMethod.Post, Documents, none, null)).Status);
        using var two = new MultipartFormDataContent
        { { new StringContent("a"), "file", "a.txt" }, { new StringContent("b"), "file", "b.txt" } };
        Assert.Equal(422, (await practice.SendAsync(HttpMethod.Post, Documents, two, null)).Status);
        Assert.Empty((await practice.GetAsync(Documents)).Json.GetProperty("data").EnumerateArray());
        var locked = await PutAsync(practice, "a.pdf", "%PDF-1.7 nothing"u8.ToArray());
        Assert.Equal(409, (await practice.GetAsync($"{locked.Headers.Location}/text")).Status);
        Assert.Equal((422, 422, 422), (
            (await PatchAsync(practice, locked.Headers.Location!.ToString(), """{"name":" "}""")).Status,
            (await PatchAsync(practice, locked.Headers.Location!.ToString(), """{"fields":[1]}""")).Status,
            (await PatchAsync(practice, locked.Headers.Location!.ToString(), """{"title":"x"}""")).Status));
    }

    private static async Task<Reply> PutAsync(
        TestPractice practice, string name, byte[] bytes, (string Name, string Value)[]? beside = null, string? key = null)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(name.EndsWith(".txt", StringComparison.Ordinal)
            ? "text/plain" : "application/octet-stream");
        form.Add(file, "file", name);
        foreach (var (field, value) in beside ?? []) form.Add(new StringContent(value), field);
        return await practice.SendAsync(HttpMethod.Post, Documents, form, key);
    }

    private static Task<Reply> PatchAsync(TestPractice practice, string path, string body) =>
        practice.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"), null);
}
