using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Documents;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Tests.Practice.Documents.Reading;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Documents;

public sealed class ParseNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly DocumentReader reader = new(TimeProvider.System);

    public void Dispose()
    {
        reader.Dispose();
        practice.Dispose();
    }

    [Fact]
    public async Task Run_WithAnId_GivesTextAndPages()
    {
        var id = await StoreAsync("visit.pdf", Samples.Pdf());
        var call = Call($$"""{"document":"{{id}}","agentic":false}""");
        Assert.Equal($$"""
            {"document_id":"{{id}}","file_name":"visit.pdf","kind":"pdf","text":"Hello world\n\nThe second page","characters":28,
            "pages":[{"number":1,"text":"Hello world"},{"number":2,"text":"The second page"}],"tables":[],
            "attachments":[],"truncated":false}
            """.ReplaceLineEndings(""), (await call.OutputAsync()).GetRawText());
        Assert.Equal(["visit.pdf: 28 characters on 2 pages"], call.Log);
    }

    [Theory]
    [InlineData("""{"document_id":"ID"}""")]
    [InlineData("""{"documents":[{"document_id":"ID"}]}""")]
    [InlineData("""{"files":["ID"]}""")]
    [InlineData("""{"name":"Lopez","scan":{"document_id":"ID","name":"a.txt"}}""")]
    [InlineData("""{"name":"Lopez","scans":[{"document_id":"ID"},{"document_id":"other"}]}""")]
    public async Task Run_WithoutASetting_TakesWhatTheDataNames(string payload)
    {
        var id = await StoreAsync("a.txt", "Hello"u8.ToArray());
        var call = Call("{}").With(payload.Replace("ID", id.ToString(), StringComparison.Ordinal));
        Assert.Equal("Hello", (await call.OutputAsync()).GetProperty("text").GetString());
        Assert.Equal(payload.Contains("other", StringComparison.Ordinal),
            call.Log[0].StartsWith("Warning: 2 documents", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WithAPostedFileAsSetting_ReadsIt()
    {
        var id = await StoreAsync("a.txt", "Hello"u8.ToArray());
        var output = await Call($$"""{"document":{"document_id":"{{id}}","name":"a.txt"} }""").OutputAsync();
        Assert.Equal("Hello", output.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Run_OnATextOfTheData_HandsItOn()
    {
        var output = await Call("{}").With("""{"text":"Just words"}""").OutputAsync();
        Assert.Equal(("text", "Just words", JsonValueKind.Null), (output.GetProperty("kind").GetString(),
            output.GetProperty("text").GetString(), output.GetProperty("document_id").ValueKind));
    }

    [Theory]
    [InlineData("{}", """{"name":"Lopez"}""", "no_document")]
    [InlineData("{}", """{"document_id":"doc-uuid"}""", "document_not_found")]
    [InlineData("""{"document":"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"}""", "{}", "document_not_found")]
    public async Task Run_WithoutADocument_FailsWithWhatToDo(string settings, string payload, string code)
    {
        var failed = Assert.IsType<NodeOutcome.Failed>(await Call(settings).With(payload).RunAsync());
        Assert.Equal((code, false), (failed.Code, failed.Retryable));
        Assert.EndsWith("(Setting: document)", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnADocumentOfOthers_FindsNone()
    {
        var id = await StoreAsync("a.txt", "Hello"u8.ToArray(), new Tenant(practice.Ids.New(), practice.Tenant.Environment));
        var sandboxed = await StoreAsync("a.txt", "Hello"u8.ToArray(), new Tenant(practice.Tenant.WorkspaceId, StudioEnvironment.Test));
        foreach (var other in new[] { id, sandboxed })
            Assert.Equal("document_not_found",
                Assert.IsType<NodeOutcome.Failed>(await Call($$"""{"document":"{{other}}"}""").RunAsync()).Code);
    }

    [Fact]
    public async Task Run_OnABrokenDocument_FailsAndSaysWhich()
    {
        var id = await StoreAsync("visit.pdf", "%PDF-1.7 nothing"u8.ToArray());
        var failed = Assert.IsType<NodeOutcome.Failed>(await Call($$"""{"document":"{{id}}"}""").RunAsync());
        Assert.Equal("document_broken", failed.Code);
        Assert.StartsWith("visit.pdf is damaged", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("txt")]
    [InlineData("csv")]
    public async Task Run_OnTheLargestText_FitsIntoAnOutput(string kind)
    {
        var line = kind == "txt" ? "ünïcödé \"text\" \\ with 𝔰𝔦𝔤𝔫𝔰 😀\n" : "a,\"b \"\"c\"\"\",,,,,,,,😀\n";
        var id = await StoreAsync("a." + kind, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 60_000))));
        var output = await Call($$"""{"document":"{{id}}"}""").OutputAsync();
        Assert.True(output.GetProperty("truncated").GetBoolean());
        Assert.InRange(output.GetRawText().Length, 1, 1 << 20);
        Assert.InRange(Encoding.UTF8.GetByteCount(output.GetRawText()), 1, 1 << 20);
    }

    [Fact]
    public async Task Run_WhereNobodyListens_WritesNothing()
    {
        var id = await StoreAsync("a.txt", "Hello"u8.ToArray());
        await Call($$"""{"document":"{{id}}"}""").OutputAsync();
        await using var db = practice.CreateDbContext();
        Assert.Equal((0, 0, 0), (await db.Set<Engine.Events.ReceivedEventRow>().CountAsync(),
            await db.Set<Engine.Events.TriggerLogRow>().CountAsync(), await db.Signals.CountAsync()));
    }

    private NodeCall Call(string settings) => new NodeCall(practice, new ParseNode(new DocumentShelf(
        practice, practice.Writer, practice.Events, new DocumentDesk(practice.Writer, practice.Clock, practice.Events)), reader), settings)
        .With("{}");

    private async Task<Guid> StoreAsync(string name, byte[] content, Tenant? tenant = null)
    {
        var (id, owner) = (practice.Ids.New(), tenant ?? practice.Tenant);
        await using var db = practice.CreateDbContext();
        db.Set<DocumentRow>().Add(new DocumentRow
        {
            Id = id, WorkspaceId = owner.WorkspaceId, Environment = owner.Environment, CreatedAt = practice.Clock.GetUtcNow(), Name = name,
            ContentType = "application/octet-stream", Size = content.Length, Sha256 = [], Content = content,
        });
        await db.SaveChangesAsync();
        return id;
    }
}
