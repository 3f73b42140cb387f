using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Api.Webhooks;

/// <summary>Files that are posted become documents.</summary>
public abstract class FileTests(StudioApp app)
{
    private const string Multipart = "multipart/form-data; boundary=b";

    private static readonly byte[] Pdf = [0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0d, 0x0a];

    [Fact]
    public async Task File_IsADocumentThatThePayloadNames()
    {
        var practice = await app.PracticeAsync();
        var run = await PostAsync(practice, Field("name", "Ana"u8.ToArray()),
            File("cv", "C:\\Users\\Ana\\cv é.pdf", "application/pdf", Pdf), File("photo", "a.png", "image/png", [1]),
            File("photo", "b.png", null, [2, 3]), File("none", "", "application/octet-stream", []));

        var cv = run.GetProperty("cv");
        var id = cv.GetProperty("document_id").GetGuid();
        Assert.Equal(("Ana", "cv é.pdf", "application/pdf", 8), (run.GetProperty("name").GetString(), cv.GetProperty("name").GetString(),
            cv.GetProperty("content_type").GetString(), cv.GetProperty("size").GetInt32()));
        Assert.Equal("a.png b.png", string.Join(' ', run.GetProperty("photo").EnumerateArray().Select(p => p.GetProperty("name"))));
        Assert.Equal("application/octet-stream", run.GetProperty("photo")[1].GetProperty("content_type").GetString());
        Assert.False(run.TryGetProperty("none", out _));

        var about = (await practice.GetAsync($"/api/v1/documents/{id}")).Json.GetProperty("data");
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(Pdf)), about.GetProperty("sha256").GetString());
        var content = await practice.Client.GetAsync(new Uri($"/api/v1/documents/{id}/content", UriKind.Relative));
        Assert.Equal(Pdf, await content.Content.ReadAsByteArrayAsync());
        Assert.Equal(("application/pdf", "attachment; filename=\"cv _.pdf\"; filename*=UTF-8''cv%20%C3%A9.pdf", "nosniff",
            "default-src 'none'; sandbox"),
            (content.Content.Headers.ContentType!.ToString(), content.Content.Headers.ContentDisposition!.ToString(),
                content.Headers.GetValues("X-Content-Type-Options").Single(),
                content.Headers.GetValues("Content-Security-Policy").Single()));
    }

    [Fact]
    public async Task File_StartsTheWorkflowsThatListenForIt()
    {
        var practice = await app.GraphPracticeAsync();
        var made = await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["trigger"] = new JsonObject
        {
            ["type"] = "event", ["event"] = "document.uploaded",
            ["constraints"] = JsonNode.Parse("""{"==":[{"var":"data.file_type"},"pdf"]}"""),
        }));
        Assert.True(made.Status == 201, made.Body);

        var run = await PostAsync(practice, File("cv", "cv.PDF", "application/pdf", Pdf), File("photo", "a.png", "image/png", [1]));

        var log = (await practice.GetAsync("/api/v1/trigger-log?event=document.uploaded")).Json.GetProperty("lines")
            .EnumerateArray().ToList();
        Assert.Equal([("refused", """{"data.file_type":"png"}"""), ("started", """{"data.file_type":"pdf"}""")],
            log.Select(l => (l.GetProperty("outcome").GetString()!, l.GetProperty("saw").GetString()!)));
        Assert.True(ShownId.TryRead(log[1].GetProperty("execution_id").GetString()!, out var started));
        var told = (await app.Get<RunViews>().ReadAsync(practice.Owner.Tenant, started, default))!.State.Payload;
        var cv = run.GetProperty("cv");
        Assert.Equal((cv.GetProperty("document_id").GetGuid(), "cv.PDF", "application/pdf", 8),
            (told.GetProperty("document_id").GetGuid(), told.GetProperty("name").GetString(),
                told.GetProperty("content_type").GetString(), told.GetProperty("size").GetInt32()));
    }

    [Theory]
    [InlineData("text/plain; a=\"\0\"", "text/plain")]
    [InlineData("text/plain; a=\"é\"", "text/plain")]
    [InlineData("text/html; charset=utf-8", "text/html")]
    public async Task TypeOfAFile_IsKeptWithoutWhatStandsBehindIt(string sent, string kept)
    {
        var practice = await app.PracticeAsync();
        var run = await PostAsync(practice, File("cv", "cv.txt", sent, Pdf));
        Assert.Equal(kept, run.GetProperty("cv").GetProperty("content_type").GetString());
        var id = run.GetProperty("cv").GetProperty("document_id").GetGuid();
        Assert.Equal(200, (await practice.GetAsync($"/api/v1/documents/{id}/content")).Status);
    }

    [Fact]
    public async Task Document_OfAnotherWorkspaceOrUnknown_IsNotThere()
    {
        var id = (await PostAsync(await app.PracticeAsync(), File("cv", "cv.pdf", "application/pdf", Pdf)))
            .GetProperty("cv").GetProperty("document_id").GetGuid();
        var other = await app.PracticeAsync();

        foreach (var address in new[] { $"{id}", $"{id}/content", $"{NewIds.Next()}/content" })
            Assert.Equal(404, (await other.GetAsync($"/api/v1/documents/{address}")).Status);
    }

    [Fact]
    public async Task Document_NeedsThePermissionOfData()
    {
        var practice = await app.PracticeAsync("service.workflows.runs.view", "service.workflows.workflows.view");

        Assert.Equal(403, (await practice.GetAsync($"/api/v1/documents/{NewIds.Next()}")).Status);
    }

    [Fact]
    public async Task Document_Removed_IsGoneAndMakesRoom()
    {
        var practice = await app.PracticeAsync();
        var run = await PostAsync(practice, File("cv", "cv.pdf", "application/pdf", Pdf), File("b", "b.txt", null, [1]));
        var path = $"/api/v1/documents/{run.GetProperty("cv").GetProperty("document_id").GetGuid()}";
        Assert.Equal(9, await KeptAsync(practice));

        Assert.Equal(404, (await (await app.PracticeAsync()).SendAsync(HttpMethod.Delete, path, null, null)).Status);
        Assert.Equal(204, (await practice.SendAsync(HttpMethod.Delete, path, null, null)).Status);

        Assert.Equal((404, 404),
            ((await practice.GetAsync(path)).Status, (await practice.SendAsync(HttpMethod.Delete, path, null, null)).Status));
        Assert.Equal((1, 1), (await CountAsync(practice), await KeptAsync(practice)));
    }

    [Fact]
    public async Task Document_IsRemovedByWhoManagesData()
    {
        var practice = await app.PracticeAsync("service.workflows.workflows.manage", "service.workflows.webhooks.manage");

        Assert.Equal(403, (await practice.SendAsync(HttpMethod.Delete, $"/api/v1/documents/{NewIds.Next()}", null, null)).Status);
    }

    /// <summary>A workspace keeps so many bytes; the last that fit are taken.</summary>
    [Fact]
    public async Task File_ForWhichThereIsNoRoom_IsRefusedAndStartsNothing()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync();
        var form = Form(File("cv", "cv.pdf", "application/pdf", Pdf));
        var most = app.Get<WorkflowStudio.Limits.StudioLimits>().DocumentBytes;
        await KeepAsync(practice, most - Pdf.Length + 1);

        var full = await app.DeliverAsync(id, form, Multipart, ["webhook-id: 1"]);

        Assert.Equal((413, "documents_full", "The workspace keeps as many documents as it may, 5,120 MiB, and these would be more; no run "
            + "was started. Remove some with DELETE /api/v1/documents/{id}, or have whoever runs the server raise STUDIO_LIMIT_DOCUMENTS."),
            (full.Status, full.Text("code"), full.Text("message")));
        Assert.Equal((0, 0, most - Pdf.Length + 1),
            (await practice.RunsAsync(), await CountAsync(practice), await KeptAsync(practice)));
        Assert.Equal(202, (await app.DeliverAsync(id, Form(Field("name", [65])), Multipart, [])).Status);
        await KeepAsync(practice, most - Pdf.Length);
        Assert.Equal(202, (await app.DeliverAsync(id, form, Multipart, ["webhook-id: 1"])).Status);
        Assert.Equal(most, await KeptAsync(practice));
    }

    [Theory]
    [InlineData("paused", "")]
    [InlineData("active", """{"==":[1,2]}""")]
    public async Task File_OfAPostThatStartsNoRun_IsNotKept(string status, string constraints)
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync(change: b =>
        {
            b["status"] = status;
            if (constraints.Length > 0) b["trigger"]!["constraints"] = JsonNode.Parse(constraints);
        });

        await app.DeliverAsync(id, Form(File("cv", "cv.pdf", "application/pdf", Pdf)), Multipart, []);

        Assert.Equal(0, await practice.RunsAsync());
        Assert.Equal(0, await CountAsync(practice));
    }

    [Fact]
    public async Task Delivery_SentAgain_KeepsItsFilesOnce()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync();

        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(202, (await app.DeliverAsync(
                id, Form(File("cv", "cv.pdf", "application/pdf", Pdf)), Multipart, ["webhook-id: 1"])).Status);

        Assert.Equal(1, await CountAsync(practice));
    }

    [Fact]
    public async Task Form_WithTooManyFilesOrAPackedOne_IsRefused()
    {
        var id = await (await app.PracticeAsync()).HookAsync();
        byte[][] files = [.. Enumerable.Range(0, 21).Select(i => File("f", $"{i}.txt", "text/plain", [1]))];
        var packed = File("f", "f", "text/plain\r\nContent-Transfer-Encoding: base64", "eA=="u8.ToArray());

        var many = await app.DeliverAsync(id, Form(files), Multipart, []);
        var base64 = await app.DeliverAsync(id, Form(packed), Multipart, []);

        Assert.Equal((400, "invalid_form", "The form holds more than 20 files. Send fewer at once."),
            (many.Status, many.Text("code"), many.Text("message")));
        Assert.Equal(415, base64.Status);
        Assert.Equal(202, (await app.DeliverAsync(id, Form(files[..20]), Multipart, [])).Status);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\a\\b.pdf", "b.pdf")]
    [InlineData("..", "file")]
    [InlineData(" \r\n", "file")]
    [InlineData("a\u202efdp.exe", "afdp.exe")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("", "file")]
    public void NameOf_AFile_HasNothingButTheName(string given, string name) => Assert.Equal(name, NewDocument.NameOf(given));

    [Fact]
    public void NameOf_ALongName_IsCutBetweenCharacters() =>
        Assert.Equal(199, NewDocument.NameOf(new string('a', 199) + "😀😀").Length);

    private static byte[] Field(string name, byte[] value) =>
        [.. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"), .. value, .. "\r\n"u8];

    private static byte[] File(string field, string name, string? type, byte[] content) =>
    [
        .. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"{field}\"; "
            + $"filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"\r\n"
            + (type is null ? "" : $"Content-Type: {type}\r\n") + "\r\n"),
        .. content, .. "\r\n"u8,
    ];

    private static byte[] Form(params byte[][] parts) => [.. parts.SelectMany(p => p), .. "--b--\r\n"u8];

    private Task<long> KeptAsync(TestPractice practice) => app.Get<IStudioWriter>().WriteAsync(write =>
        write.Db.Workspaces.Where(w => w.Id == practice.Owner.Tenant.WorkspaceId).Select(w => w.DocumentBytes).Single());

    private Task<int> KeepAsync(TestPractice practice, long bytes) => app.Get<IStudioWriter>().WriteAsync(write =>
        write.Db.Workspaces.Where(w => w.Id == practice.Owner.Tenant.WorkspaceId)
            .ExecuteUpdate(set => set.SetProperty(w => w.DocumentBytes, bytes)));

    private async Task<int> CountAsync(TestPractice practice)
    {
        await using var db = await app.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<WorkflowStudio.Engine.Storage.StudioDbContext>>()
            .CreateDbContextAsync();
        var workspace = practice.Owner.Tenant.WorkspaceId;
        return db.Set<DocumentRow>().Count(d => d.WorkspaceId == workspace);
    }

    private async Task<JsonElement> PostAsync(TestPractice practice, params byte[][] parts)
    {
        var id = await practice.HookAsync();
        var reply = await app.DeliverAsync(id, Form(parts), Multipart, []);
        Assert.True(reply.Status == 202, reply.Body);
        Assert.True(ShownId.TryRead(reply.Text("execution_id"), out var run));
        return (await app.Get<RunViews>().ReadAsync(practice.Owner.Tenant, run, default))!.State.Payload;
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteFileTests(StudioApp app) : FileTests(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFileTests(PostgresServer server) : FileTests(server.Studio);
