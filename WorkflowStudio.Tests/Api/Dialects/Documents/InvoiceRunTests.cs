using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Nodes.Documents;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Documents.Documents;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>The example of the reference text, from the file that comes in to the message that goes out.</summary>
[Collection(StudioAppTests.Name)]
public sealed class InvoiceRunTests(StudioApp app)
{
    private const string Slack = """
        {"name":"Slack Notifications","integration_type":"slack","config":{"webhook_url":"https://hooks.slack.com/services/T0/S3CRET","channel":"#invoices"}}
        """;

    [Fact]
    public async Task Reference_WithAPostedPdf_RunsToItsEnd()
    {
        var practice = await app.PracticeAsync();
        var slack = (await practice.PostAsync(Address + "/integrations", Slack)).Text("id");
        var path = await practice.MakeAsync(Reference.Replace("slack-uuid", slack, StringComparison.Ordinal));
        var document = await PostedAsync(practice);

        var started = await practice.PostAsync(path + "/execute", $$$"""{"trigger_data":{"document_id":"{{{document}}}"}}""");

        Assert.True(started.Status == 202, started.Body);
        var run = (await practice.EndedAsync(path)).Json.GetProperty("executions")[0];
        Assert.True(Text(run, "status") == "completed", run.GetRawText());
        Assert.Equal(["parse completed", "extract completed", "notify completed"],
            run.GetProperty("execution_log").EnumerateArray().Select(s => $"{Text(s, "step_id")} {Text(s, "status")}"));
        var kept = Assert.Single(await app.Get<OutboxQueries>().OfRunAsync(
            practice.Owner.Tenant, Guid.Parse(started.Text("execution_id")), default));
        Assert.Equal(("https://hooks.slack.com/…", true), (kept.To, kept.Captured));
        Assert.EndsWith("""{"text":"Invoice processed: INV-2026-0042","channel":"#invoices"}""", kept.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_WhoseEventsStartAnotherWorkflow_StartItOnceAndNotTheirOwn()
    {
        var practice = await app.PracticeAsync();
        const string extracts = """{"steps":[{"id":"extract","type":"extract","config":{"schema_id":"invoice-schema"}}]}""";
        var listens = await practice.MakeAsync(With(
            ("trigger_type", "\"event\""), ("trigger_config", """{"event":"document.processed"}"""), ("definition", extracts)));
        var path = await practice.MakeAsync(With(
            ("trigger_type", "\"event\""), ("trigger_config", """{"event":"document.processed"}""")));
        var document = await PostedAsync(practice);

        await practice.PostAsync(path + "/execute", $$$"""{"trigger_data":{"document_id":"{{{document}}}"}}""");

        await practice.EndedAsync(path);
        var started = (await practice.EndedAsync(listens)).Json.GetProperty("executions");
        Assert.Equal(("completed", "event"), (Text(Assert.Single(started.EnumerateArray()), "status"), Text(started[0], "triggered_by")));
        Assert.Single((await practice.GetAsync(path + "/executions")).Json.GetProperty("executions").EnumerateArray());
    }

    [Fact]
    public async Task Readers_ThatListenForEachOthersEvents_AreStartedOnce()
    {
        var practice = await app.PracticeAsync();
        const string reads = """{"steps":[{"id":"parse","type":"parse","config":{"document":"{{ $initialPayload.document_id }}"}}]}""";
        var paths = new List<string>();
        for (var i = 0; i < 3; i++)
            paths.Add(await practice.MakeAsync(With(
                ("trigger_type", "\"event\""), ("trigger_config", """{"event":"document.processed"}"""), ("definition", reads))));
        var document = await PostedAsync(practice);

        await practice.PostAsync(paths[0] + "/execute", $$$"""{"trigger_data":{"document_id":"{{{document}}}"}}""");

        // the first starts the two others, and each of them the third
        await using var db = await app.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!patience.IsCancellationRequested && (await RunsAsync(db) is not ([2, 2] or { Count: > 2 })
            || await db.Runs.AnyAsync(r => r.WorkspaceId == practice.Owner.Tenant.WorkspaceId && r.FinishedAt == null))) await Task.Yield();
        Assert.Equal([2, 2], await RunsAsync(db));
        Assert.Equal(11, await db.TriggerLog.CountAsync(l => l.WorkspaceId == practice.Owner.Tenant.WorkspaceId && l.Reason == "own_run"));

        Task<List<int>> RunsAsync(StudioDbContext of) => of.Runs
            .Where(r => r.WorkspaceId == practice.Owner.Tenant.WorkspaceId && r.Cause == "event")
            .GroupBy(r => r.Depth).OrderBy(g => g.Key).Select(g => g.Count()).ToListAsync();
    }

    // a file comes in by the webhook of some workflow, and is a document then
    private async Task<Guid> PostedAsync(TestPractice practice)
    {
        const string keep = """{"steps":[{"id":"keep","type":"set","config":{"values":{"id":"{{ file.document_id }}"}}}]}""";
        var inbox = await practice.MakeAsync(With(("trigger_type", "\"webhook\""), ("definition", keep)));
        var url = new Uri((await practice.GetAsync(inbox)).Text("webhook_url"));
        using var file = new ByteArrayContent(PdfSheet.Of(InvoicePdfs.All["labels left of the values"].Write));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent { { file, "file", "invoice.pdf" } };
        var posted = await practice.SendAsync(HttpMethod.Post, url.PathAndQuery, form, null);
        Assert.True(posted.Status == 202, posted.Body);
        await using var db = await app.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return (await db.Set<DocumentRow>().SingleAsync(d => d.WorkspaceId == practice.Owner.Tenant.WorkspaceId)).Id;
    }
}
