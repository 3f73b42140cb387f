using System.Text;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

[Collection(StudioAppTests.Name)]
public sealed class RunTests(StudioApp app)
{
    [Fact]
    public async Task Trigger_Active_EnqueuesARunThatCompletes()
    {
        var (practice, id) = await WorkflowAsync();
        var reply = await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"contact":{"first_name":"Maria"}}""");
        Assert.Equal(202, reply.Status);
        Assert.Equal(["status", "execution_id", "workflow_id", "queue_priority", "timestamp", "trace_endpoints"],
            reply.Json.EnumerateObject().Select(p => p.Name));
        var run = reply.Text("execution_id");
        Assert.Equal(("enqueued", id, "high"), (reply.Text("status"), reply.Text("workflow_id"), reply.Text("queue_priority")));
        Assert.Equal($"http://localhost/api/v1/executions/{run}/status",
            reply.Json.GetProperty("trace_endpoints").GetProperty("status").GetString());
        var status = await CompletedAsync(practice, run);
        Assert.Equal((run, id, 1, 1, 1), (status.Text("execution_id"), status.Text("workflow_id"), Number(status, "current_node_index"),
            Number(status, "nodes_done"), Number(status, "nodes_total")));
        var log = await practice.GetAsync($"/api/v1/executions/{run}/logs");
        Assert.Equal(["run_started", "node_completed", "run_completed"],
            log.Json.GetProperty("logs").EnumerateArray().Select(l => l.GetProperty("event").GetString()));
        Assert.Empty((await practice.GetAsync($"/api/v1/executions/{run}/logs?after={Number(log, "next_after")}")).Json.GetProperty("logs")
            .EnumerateArray());
    }

    [Fact]
    public async Task Status_OfARunThatTookOneWay_CountsTheStepsThatRan()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", Branching)).Text("id");
        var failed = await EndsAsync(
            practice, (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"ok":false}""")).Text("execution_id"), "failed");
        Assert.Equal((3, 5, "no", 4), (Number(failed, "nodes_done"), Number(failed, "nodes_total"), failed.Text("current_node_id"),
            Number(failed, "current_node_index")));
        var done = await CompletedAsync(
            practice, (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"ok":true}""")).Text("execution_id"));
        Assert.Equal((3, 5, 5), (Number(done, "nodes_done"), Number(done, "nodes_total"), Number(done, "current_node_index")));
    }

    [Fact]
    public async Task Home_AfterAWorkflowIsDeleted_NoLongerNamesItsFailures()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", Branching)).Text("id");
        await EndsAsync(
            practice, (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"ok":false}""")).Text("execution_id"), "failed");
        var now = TimeProvider.System.GetUtcNow();
        var home = (await app.Get<ReadHome>().ReadAsync(practice.Owner, [now.AddDays(-1), now.AddDays(1)], default)).Value!;
        var failure = Assert.Single(home.Failures);
        Assert.Equal(("no_insurance", "no"), (failure.Code, failure.FailedStep));
        await practice.DeleteAsync($"/api/v1/workflows/{id}");
        Assert.Empty((await app.Get<ReadHome>().ReadAsync(practice.Owner, [now.AddDays(-1), now.AddDays(1)], default)).Value!.Failures);
    }

    [Fact]
    public async Task Home_WhileAnApprovalIsOpen_NamesItAndTheListSaysForWhom()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b =>
        {
            b["nodes"]![0]!["type"] = "approval";
            b["nodes"]![0]!["config"] = System.Text.Json.Nodes.JsonNode.Parse("""{"title":"Give a discount?","timeout":"2 days"}""");
        }))).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}")).Text("execution_id");
        await EndsAsync(practice, run, "waiting");
        Assert.True(ShownId.TryRead(run, out var runId));
        var now = TimeProvider.System.GetUtcNow();
        var home = (await app.Get<ReadHome>().ReadAsync(practice.Owner, [now.AddDays(-1), now.AddDays(1)], default)).Value!;
        Assert.Equal("Give a discount?", Assert.Single(home.Approvals).Title);
        var line = Assert.Single(home.Recent);
        var format = new StudioFormat("UTC", TimeProvider.System);
        Assert.Equal(("Waits for you", "Waits for an approval"),
            (RunWords.Look(line, true, format).Words, RunWords.Look(line, false, format, brief: true).Words));
        using var watch = (await app.Get<WatchRun>().OpenAsync(practice.Owner, runId, default)).Value!;
        Assert.Equal(("Waits for you", "Waits for an approval"),
            (RunWords.Look(watch, true, format).Words, RunWords.Look(watch, false, format).Words));
        Assert.Contains(
            "waits for an approval. Woken now, its question is closed", RunWords.LostByWaking(watch, null), StringComparison.Ordinal);
        var asked = Assert.Single(
            (await app.Get<WorkflowStudio.Operations.Practice.Approvals>().OfRunAsync(practice.Owner, runId, default)).Value!);
        Assert.True(
            (await app.Get<WorkflowStudio.Operations.Practice.Approvals>().DecideAsync(practice.Owner, asked.Id, true, "", default)).Ok);
        await CompletedAsync(practice, run);
        Assert.Empty((await app.Get<ReadHome>().ReadAsync(practice.Owner, [now.AddDays(-1), now.AddDays(1)], default)).Value!.Approvals);
    }

    [Fact]
    public async Task Trigger_ByPlainUuidAndWithoutABody_Works()
    {
        var (practice, id) = await WorkflowAsync();
        Assert.True(ShownId.TryRead(id, out var plain));
        Assert.Equal(202, (await practice.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{plain}/trigger", null, null)).Status);
    }

    [Fact]
    public async Task Trigger_Paused_IsRefused()
    {
        var (practice, id) = await WorkflowAsync("paused");
        var reply = await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}");
        Assert.Equal((409, """{"status":"error","code":"workflow_not_active","message":"The workflow is switched off. Switch it on, then start it.","errors":[]}"""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Webhook_SwitchedOffAndOnAgain_FollowsAtOnce()
    {
        var (practice, id) = await WorkflowAsync();
        Assert.True(ShownId.TryRead(id, out var plain));
        Assert.Equal(202, (await HookAsync(id, "{}")).Status);
        await app.Get<SetWorkflowStatus>().RunAsync(practice.Owner, plain, on: false);
        Assert.Equal("workflow_not_active", (await HookAsync(id, "{}")).Text("code"));
        await app.Get<SetWorkflowStatus>().RunAsync(practice.Owner, plain, on: true);
        Assert.Equal(202, (await HookAsync(id, "{}")).Status);
    }

    [Fact]
    public async Task Webhook_Form_BecomesAnObject()
    {
        var (practice, id) = await WorkflowAsync();
        using var form = new StringContent(
            "first_name=Maria+Jos%C3%A9&day=mon&day=tue", Encoding.UTF8, "application/x-www-form-urlencoded");
        var reply = await Reply.OfAsync(await app.GraphClient().PostAsync($"/api/v1/webhooks/{id}", form));
        Assert.Equal(202, reply.Status);
        Assert.True(ShownId.TryRead(reply.Text("execution_id"), out var run));
        var view = await app.Get<Engine.Feed.RunViews>().ReadAsync(practice.Owner.Tenant, run, default);
        Assert.Equal("""{"first_name":"Maria José","day":["mon","tue"]}""",
            System.Text.Json.Nodes.JsonNode.Parse(view!.State.Payload.GetRawText())!.ToJsonString(Relaxed));
    }

    [Theory]
    [InlineData("{", 400,
        """{"status":"error","code":"invalid_json","message":"This is not JSON: line 1, character 2 cannot be read.","errors":[]}""")]
    public async Task Webhook_BadBody_IsRefused(string body, int status, string expected)
    {
        var (_, id) = await WorkflowAsync();
        var reply = await HookAsync(id, body);
        Assert.Equal((status, expected), (reply.Status, reply.Body));
    }

    [Theory]
    [InlineData("wf_0190aaaabbbbccccddddeeeeffff0001")]
    [InlineData("nonsense")]
    public async Task Webhook_Unknown_IsNotFound(string id)
    {
        var reply = await HookAsync(id, "{}");
        Assert.Equal((404, """{"status":"error","code":"not_found","message":"There is no webhook with this id.","errors":[]}"""),
            (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Webhook_OfAWorkflowThatStartsByHand_IsNotFound()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["trigger"]!["type"] = "manual"))).Text("id");
        Assert.Equal(404, (await HookAsync(id, "{}")).Status);
    }

    [Fact]
    public async Task Delete_TakesTheWorkflowOutOfListsAndItsWebhookDown()
    {
        var (practice, id) = await WorkflowAsync();
        var run = (await HookAsync(id, "{}")).Text("execution_id");
        await CompletedAsync(practice, run);
        var gone = await practice.DeleteAsync($"/api/v1/workflows/{id}");
        Assert.Equal((204, ""), (gone.Status, gone.Body));
        Assert.Equal(0, (await practice.GetAsync("/api/v1/workflows")).Json.GetProperty("pagination").GetProperty("total").GetInt32());
        Assert.Equal(404, (await HookAsync(id, "{}")).Status);
        Assert.Equal(404, (await practice.DeleteAsync($"/api/v1/workflows/{id}")).Status);
        Assert.Equal(200, (await practice.GetAsync($"/api/v1/executions/{run}/status")).Status);
    }

    [Fact]
    public async Task Delete_CancelsUnfinishedRuns()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b =>
        {
            b["nodes"]![0]!["type"] = "google_reviews_sms";
            b["nodes"]![0]!["config"] = System.Text.Json.Nodes.JsonNode.Parse(
                """{"delay_after_appointment_hours":2,"google_place_id":"p","sms_sender_id":"S","message_template":"Hi"}""");
        }))).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"first_name":"A","phone":"+17135550142"}"""))
            .Text("execution_id");
        await EndsAsync(practice, run, "waiting");
        await practice.DeleteAsync($"/api/v1/workflows/{id}");
        await EndsAsync(practice, run, "canceled");
    }

    private const string Branching = """
        {
          "name": "Branching", "trigger": { "type": "webhook" },
          "nodes": [
            { "id": "if", "type": "condition", "config": { "conditions": [{ "left": "{{ $initialPayload.ok }}", "operator": "equals", "right": true }], "match": "all" } },
            { "id": "yes", "type": "set", "config": { "values": { "x": "1" } } },
            { "id": "then", "type": "set", "config": { "values": { "x": "1" } } },
            { "id": "else", "type": "set", "config": { "values": { "x": "1" } } },
            { "id": "no", "type": "stop", "config": { "code": "no_insurance", "message": "The client has no insurance that we take." } }
          ],
          "link_connections": [
            { "from": "trigger", "to": "if" }, { "from": "if", "from_port": "then", "to": "yes" }, { "from": "yes", "to": "then" },
            { "from": "if", "from_port": "else", "to": "else" }, { "from": "else", "to": "no" }
          ]
        }
        """;

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } = new()
    { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task<(TestPractice Practice, string Id)> WorkflowAsync(string status = "active")
    {
        var practice = await app.GraphPracticeAsync();
        return (practice, (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["status"] = status))).Text("id"));
    }

    private async Task<Reply> HookAsync(string id, string body) =>
        await Reply.OfAsync(
            await app.GraphClient().PostAsync($"/api/v1/webhooks/{id}", new StringContent(body, Encoding.UTF8, "application/json")));

    private static Task<Reply> CompletedAsync(TestPractice practice, string run) => EndsAsync(practice, run, "completed");

    private static async Task<Reply> EndsAsync(TestPractice practice, string run, string word)
    {
        Reply reply;
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        do
        {
            await Task.Yield();
            reply = await practice.GetAsync($"/api/v1/executions/{run}/status");
        }
        while (reply.Text("status") != word && !patience.IsCancellationRequested);
        Assert.Equal(word, reply.Text("status"));
        return reply;
    }

    private static int Number(Reply reply, string name) => reply.Json.GetProperty(name).GetInt32();
}
