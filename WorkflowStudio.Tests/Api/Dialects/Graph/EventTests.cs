using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

[Collection(StudioAppTests.Name)]
public sealed class EventTests(StudioApp app)
{
    private const string Gold = """{"==":[{"var":"data.plan"},"gold"]}""";

    [Fact]
    public async Task Event_WithAListener_StartsARunThatSeesTheData()
    {
        var practice = await app.GraphPracticeAsync();
        await ListenAsync(practice, "contact-created");

        var reply = await practice.PostAsync("/api/v1/events", """{"type":"contact-created","data":{"first_name":"Maria"}}""");

        Assert.Equal(202, reply.Status);
        Assert.Equal(["status", "type", "id", "duplicate", "started", "refused", "executions", "workflows", "timestamp"],
            reply.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("accepted", "contact-created", 1, 0),
            (reply.Text("status"), reply.Text("type"), Number(reply, "started"), Number(reply, "refused")));
        var run = reply.Json.GetProperty("executions")[0].GetString();
        await Eventually(async () => (await practice.GetAsync($"/api/v1/executions/{run}/status")).Text("status") == "completed");
    }

    [Fact]
    public async Task Event_NobodyListens_IsAcceptedAndStartsNothing()
    {
        var practice = await app.GraphPracticeAsync();

        var reply = await practice.PostAsync("/api/v1/events", """{"type":"contact-created"}""");

        Assert.Equal((202, 0), (reply.Status, Number(reply, "started")));
    }

    [Fact]
    public async Task Event_SameId_StartsAWorkflowOnce()
    {
        var practice = await app.GraphPracticeAsync();
        await ListenAsync(practice, "x");
        const string body = """{"type":"x","id":"e-1","data":{}}""";

        var (first, again) = (await practice.PostAsync("/api/v1/events", body), await practice.PostAsync("/api/v1/events", body));

        Assert.Equal((1, "e-1", false), (Number(first, "started"), first.Text("id"), first.Json.GetProperty("duplicate").GetBoolean()));
        Assert.Equal((202, 0, true), (again.Status, Number(again, "started"), again.Json.GetProperty("duplicate").GetBoolean()));
    }

    [Fact]
    public async Task Event_SameIdempotencyKey_GetsTheFirstAnswer()
    {
        var practice = await app.GraphPracticeAsync();
        var id = await ListenAsync(practice, "x");
        const string body = """{"type":"x","data":{}}""";

        var first = await practice.PostAsync("/api/v1/events", body, "k");
        var again = await practice.PostAsync("/api/v1/events", body, "k");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Single((await LogAsync(practice, id)).Value!.Lines);
    }

    [Theory]
    [InlineData("{}", "type", "The field type is missing.")]
    [InlineData("""{"type":7}""", "type", "The field type has to be text.")]
    [InlineData("""{"type":"*"}""", "type", "The type of an event is made of letters, digits and . _ - : /, for example contact-created.")]
    [InlineData("""{"type":""}""", "type", "The type of an event is made of letters, digits and . _ - : /, for example contact-created.")]
    [InlineData("""{"type":"x","id":""}""", "id",
        "The id of an event has 1 to 255 characters, none of them a line break or another control character.")]
    [InlineData("""{"type":"x","id":5}""", "id", "The field id has to be text.")]
    [InlineData("""{"type":"x","data":[1]}""", "data", "The data of an event is a JSON object.")]
    public async Task Event_Wrong_IsRefusedWithThePlace(string body, string path, string message)
    {
        var practice = await app.GraphPracticeAsync();

        var reply = await practice.PostAsync("/api/v1/events", body);

        Assert.Equal((422, "validation_failed"), (reply.Status, reply.Text("code")));
        var error = Assert.Single(reply.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((path, message), (error.GetProperty("path").GetString(), error.GetProperty("message").GetString()));
        Assert.False(reply.Json.TryGetProperty("nodes_integrity_check", out _));
    }

    [Theory]
    [InlineData(120, 202)]
    [InlineData(121, 422)]
    public async Task Event_NameOfItsLargestLength_IsTaken(int length, int status)
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(status, (await practice.PostAsync("/api/v1/events", $$"""{"type":"{{new string('e', length)}}"}""")).Status);
    }

    [Fact]
    public async Task Event_LargerThanAMebibyte_Is413()
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal("payload_too_large", (await practice.PostAsync(
            "/api/v1/events", $$$"""{"type":"x","data":{"x":"{{{new string('x', 1_048_576)}}}"}}""")).Text("code"));
    }

    [Fact]
    public async Task SendEvent_DataLargerThanAMebibyte_IsRefused()
    {
        var practice = await app.GraphPracticeAsync();
        JsonElement Data(int length) => JsonElement.Parse($$"""{"x":"{{new string('x', length - 8)}}"}""");

        Assert.True((await app.Get<SendEvent>().RunAsync(practice.Owner, new NewEvent("x", null, Data(SendEvent.MaxData)))).Ok);
        Assert.IsType<OperationProblem.Invalid>(
            (await app.Get<SendEvent>().RunAsync(practice.Owner, new NewEvent("x", null, Data(SendEvent.MaxData + 1)))).Problem);
    }

    [Fact]
    public async Task Event_TellsWhomItStartedAndWhyOthersNot_AndSoDoesTheLog()
    {
        var practice = await app.GraphPracticeAsync();
        var all = ShownId.Workflow(await ListenAsync(practice, "x"));
        var gold = ShownId.Workflow(await MadeAsync(
            practice, new JsonObject { ["type"] = "event", ["event"] = "x", ["constraints"] = JsonNode.Parse(Gold) }));

        var sent = await practice.PostAsync("/api/v1/events", """{"type":"x","data":{"plan":"basic"}}""");
        await practice.PostAsync("/api/v1/events", """{"type":"x","id":"e-2","data":{"plan":"gold"}}""");

        var reached = sent.Json.GetProperty("workflows").EnumerateArray().ToDictionary(
            w => w.GetProperty("workflow_id").GetString()!, w => w.GetProperty("outcome").GetString());
        Assert.Equal(("started", "refused"), (reached[all], reached[gold]));
        var lines = await LinesAsync($"?event_id={sent.Text("id")}");
        Assert.Equal(2, lines.Count);
        var no = lines.Single(l => l.GetProperty("outcome").GetString() == "refused");
        Assert.Equal((gold, "constraints", """{"data.plan":"basic"}""", "event", "x"), (Field(no, "workflow_id"), Field(no, "reason"),
            Field(no, "saw"), Field(no, "cause"), Field(no, "event")));
        var yes = lines.Single(l => l.GetProperty("outcome").GetString() == "started");
        Assert.Equal((all, sent.Json.GetProperty("executions")[0].GetString()), (Field(yes, "workflow_id"), Field(yes, "execution_id")));
        Assert.Equal(2, (await LinesAsync("?event_id=e-2&outcome=started")).Count);
        Assert.Equal(2, (await LinesAsync($"?workflow_id={gold}&event=x")).Count);
        Assert.Empty(await LinesAsync("?workflow_id=wf_1"));
        // page by page, none twice
        var first = await practice.GetAsync("/api/v1/trigger-log?limit=3");
        var rest = await LinesAsync($"?limit=3&before={first.Json.GetProperty("next_before").GetInt64()}");
        Assert.Equal(4, first.Json.GetProperty("lines").EnumerateArray().Concat(rest).Select(l => l.GetProperty("id").GetInt64()).Distinct()
            .Count());
        Assert.Empty((await (await app.GraphPracticeAsync()).GetAsync("/api/v1/trigger-log")).Json.GetProperty("lines").EnumerateArray());

        async Task<List<JsonElement>> LinesAsync(string query)
        {
            var read = await practice.GetAsync("/api/v1/trigger-log" + query);
            Assert.True(read.Status == 200, read.Body);
            return [.. read.Json.GetProperty("lines").EnumerateArray()];
        }

        static string? Field(JsonElement line, string name) => line.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("outcome=ignored")]
    [InlineData("limit=0")]
    [InlineData("before=x")]
    public async Task TriggerLog_AskedWrongly_SaysWhere(string query)
    {
        var reply = await (await app.GraphPracticeAsync()).GetAsync("/api/v1/trigger-log?" + query);
        Assert.Equal((422, query.Split('=')[0]), (reply.Status, reply.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Event_KeyWithoutTheScope_IsForbidden()
    {
        var practice = await app.GraphPracticeAsync("service.workflows.workflows.run");
        var reply = await practice.PostAsync("/api/v1/events", """{"type":"x"}""");
        Assert.Equal((403, "The key lacks the scope service.workflows.events.send."), (reply.Status, reply.Text("message")));
    }

    [Fact]
    public async Task Event_OfAnotherPractice_StartsNothing()
    {
        var (mine, other) = (await app.GraphPracticeAsync(), await app.GraphPracticeAsync());
        await ListenAsync(other, "x");
        Assert.Equal(0, Number(await mine.PostAsync("/api/v1/events", """{"type":"x"}"""), "started"));
    }

    [Fact]
    public async Task Event_WorkflowSwitchedOffAndOn_FollowsAtOnce()
    {
        var practice = await app.GraphPracticeAsync();
        var id = await ListenAsync(practice, "x");
        await app.Get<SetWorkflowStatus>().RunAsync(practice.Owner, id, on: false);
        Assert.Equal(0, Number(await practice.PostAsync("/api/v1/events", """{"type":"x"}"""), "started"));
        await app.Get<SetWorkflowStatus>().RunAsync(practice.Owner, id, on: true);
        Assert.Equal(1, Number(await practice.PostAsync("/api/v1/events", """{"type":"x"}"""), "started"));
    }

    [Fact]
    public async Task Webhook_ConstraintsThatDoNotHold_IsIgnoredAndTold()
    {
        var practice = await app.GraphPracticeAsync();
        var id = await MadeAsync(practice, new JsonObject { ["type"] = "webhook", ["constraints"] = JsonNode.Parse(Gold) });

        var refused = await HookAsync(id, """{"plan":"basic"}""", "k");
        var again = await HookAsync(id, """{"plan":"basic"}""", "k");
        var started = await HookAsync(id, """{"plan":"gold"}""");

        Assert.Equal(["status", "reason", "message", "workflow_id", "timestamp"], refused.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal((202, "ignored", "constraints", ShownId.Workflow(id)),
            (refused.Status, refused.Text("status"), refused.Text("reason"), refused.Text("workflow_id")));
        Assert.Equal(refused.Body, again.Body);
        Assert.Equal((202, "enqueued"), (started.Status, started.Text("status")));
        var line = Assert.Single((await LogAsync(practice, id)).Value!.Lines); // a start by webhook is told by its run
        Assert.Equal(("webhook", TriggerOutcome.Refused, "constraints", """{"data.plan":"basic"}"""),
            (line.Cause, line.Outcome, line.Reason, line.Detail));
    }

    [Fact]
    public async Task Trigger_ByAClient_IsNotAskedForConstraints()
    {
        var practice = await app.GraphPracticeAsync();
        var id = await MadeAsync(practice, new JsonObject { ["type"] = "webhook", ["constraints"] = JsonNode.Parse(Gold) });
        Assert.Equal("enqueued", (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"plan":"basic"}""")).Text("status"));
    }

    [Fact]
    public async Task Create_ConstraintsThatCannotBeRead_IsRefusedWithTheOperator()
    {
        var practice = await app.GraphPracticeAsync();
        var reply = await practice.PostAsync(
            "/api/v1/workflows", Body(new JsonObject { ["type"] = "webhook", ["constraints"] = JsonNode.Parse("""{"equals":[1,1]}""") }));

        Assert.Equal(422, reply.Status);
        var error = Assert.Single(reply.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("trigger.constraints.equals", error.GetProperty("path").GetString());
        Assert.StartsWith(
            """There is no operator "equals". Did you mean "=="?""", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TriggerLog_OfAnotherPractice_IsNotFound()
    {
        var (mine, other) = (await app.GraphPracticeAsync(), await app.GraphPracticeAsync());
        var id = await ListenAsync(other, "x");
        Assert.IsType<OperationProblem.NotFound>((await LogAsync(mine, id)).Problem);
    }

    private Task<Result<TriggerLogPage>> LogAsync(TestPractice practice, Guid id) => app.Get<ReadTriggerLog>().RunAsync(practice.Owner, id);

    private static Task<Guid> ListenAsync(TestPractice practice, string name) =>
        MadeAsync(practice, new JsonObject { ["type"] = "event", ["event"] = name });

    private static async Task<Guid> MadeAsync(TestPractice practice, JsonObject trigger)
    {
        var reply = await practice.PostAsync("/api/v1/workflows", Body(trigger));
        Assert.True(reply.Status == 201, reply.Body);
        Assert.True(ShownId.TryRead(reply.Text("id"), out var id));
        return id;
    }

    private static string Body(JsonObject trigger) => GraphBodies.Small(body => body["trigger"] = trigger);

    private async Task<Reply> HookAsync(Guid id, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/webhooks/{id}")
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await Reply.OfAsync(await app.GraphClient().SendAsync(request));
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!await condition()) await Task.Delay(20, patience.Token);
    }

    private static int Number(Reply reply, string field) => reply.Json.GetProperty(field).GetInt32();
}
