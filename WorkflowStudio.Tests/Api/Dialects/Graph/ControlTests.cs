using System.Text.Json.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

[Collection(StudioAppTests.Name)]
public sealed class ControlTests(StudioApp app)
{
    [Fact]
    public async Task Pause_ThenResume_ThenCancel_AnswersHowItStands()
    {
        var (practice, run) = await WaitingAsync();
        var paused = await practice.PostAsync($"/api/v1/executions/{run}/pause", "{}");
        Assert.Equal((202, run, $"/api/v1/executions/{run}/status"),
            (paused.Status, paused.Text("execution_id"), paused.Headers.Location!.ToString()));
        await UntilAsync(practice, run, "paused");
        var again = await practice.PostAsync($"/api/v1/executions/{run}/pause", "");
        Assert.Equal((409,
            """{"status":"error","code":"run_paused","message":"The run is already paused.","errors":[],"execution_status":"paused"}"""),
            (again.Status, again.Body));
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/executions/{run}/resume", "{}")).Status);
        await UntilAsync(practice, run, "waiting");
        Assert.Equal(409, (await practice.PostAsync($"/api/v1/executions/{run}/resume", "{}")).Status);
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/executions/{run}/cancel", "{}")).Status);
        await UntilAsync(practice, run, "canceled");
        var over = await practice.PostAsync($"/api/v1/executions/{run}/wake", "{}");
        Assert.Equal((409, "run_over", "canceled"), (over.Status, over.Text("code"), over.Text("execution_status")));
        Assert.Contains("run_paused", (await practice.GetAsync($"/api/v1/executions/{run}/logs")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_WithAKey_IsAnsweredOnceMoreTheSame()
    {
        var (practice, run) = await WaitingAsync();
        var first = await practice.PostAsync($"/api/v1/executions/{run}/cancel", "{}", "k1");
        await UntilAsync(practice, run, "canceled");
        var second = await practice.PostAsync($"/api/v1/executions/{run}/cancel", "{}", "k1");
        Assert.Equal((202, first.Body, "true"), (second.Status, second.Body, second.Headers.GetValues("Idempotency-Replayed").Single()));
    }

    [Fact]
    public async Task Wake_AWaitingStep_GoesOn()
    {
        var (practice, run) = await WaitingAsync();
        Assert.Equal(422, (await practice.PostAsync($"/api/v1/executions/{run}/wake", """{"step":1}""")).Status);
        var other = await practice.PostAsync($"/api/v1/executions/{run}/wake", """{"step":"b"}""", "k1");
        Assert.Equal(
            (409, """{"status":"error","code":"nothing_to_wake","message":"The step “b” does not wait for a time in this run, so there is nothing to wake.","errors":[],"execution_status":"waiting"}"""),
            (other.Status, other.Body));
        Assert.Equal(other.Body, (await practice.PostAsync($"/api/v1/executions/{run}/wake", """{"step":"b"}""", "k1")).Body);
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/executions/{run}/wake", """{"step":"a"}""")).Status);
        await UntilAsync(practice, run, "completed");
        Assert.Matches("""The step goes on: .+ woke it\.""", (await practice.GetAsync($"/api/v1/executions/{run}/logs")).Body);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("wake")]
    [InlineData("retry")]
    public async Task Control_OfAnUnknownRun_IsNotFound(string what)
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(404, (await practice.PostAsync($"/api/v1/executions/exe_0190aaaabbbbccccddddeeeeffff0001/{what}", "{}")).Status);
    }

    [Fact]
    public async Task Control_WithoutTheScope_IsForbidden()
    {
        var (practice, run) = await WaitingAsync();
        var reader = GraphClients.Practice(
            app, practice.Owner, await app.KeyAsync(practice.Owner, practice.Owner.Tenant.Environment, "service.workflows.runs.view"));
        foreach (var what in new[] { "cancel", "signal", "retry" })
            Assert.Equal(403, (await reader.PostAsync($"/api/v1/executions/{run}/{what}", "{}")).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":5}""")]
    public async Task Signal_WithoutAName_IsRefused(string body)
    {
        var (practice, run) = await WaitingAsync();
        var reply = await practice.PostAsync($"/api/v1/executions/{run}/signal", body);
        Assert.Equal((422, "name"), (reply.Status, reply.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
        Assert.Equal(
            202, (await practice.PostAsync($"/api/v1/executions/{run}/signal", """{"name":"reply","data":{"text":"yes"}}""")).Status);
    }

    [Fact]
    public async Task Retry_WithAPayload_RunsAgainOnce()
    {
        var (practice, run) = await WaitingAsync();
        Assert.Equal("run_not_over", (await practice.PostAsync($"/api/v1/executions/{run}/retry", "{}")).Text("code"));
        await practice.PostAsync($"/api/v1/executions/{run}/wake", "{}");
        await UntilAsync(practice, run, "completed");
        Assert.Equal("nothing_failed", (await practice.PostAsync($"/api/v1/executions/{run}/retry", "{}")).Text("code"));
        const string Edited = """{"payload":{"first_name":"B","phone":"+17135550143"},"version":"same"}""";
        var first = await practice.PostAsync($"/api/v1/executions/{run}/retry", Edited, "k2");
        var second = await practice.PostAsync($"/api/v1/executions/{run}/retry", Edited, "k2");
        Assert.Equal((202, "enqueued", first.Body), (first.Status, first.Text("status"), second.Body));
        Assert.Equal(run, (await practice.GetAsync($"/api/v1/executions/{first.Text("execution_id")}/status")).Text("retry_of"));
    }

    [Theory]
    [InlineData("""{"iteration":{"step":"a"}}""", "iteration")]
    [InlineData("""{"iteration":{"step":"a","index":0},"again":true}""", "iteration")]
    [InlineData("""{"payload":[1]}""", "payload")]
    [InlineData("""{"version":"same"}""", "version")]
    [InlineData("""{"again":true,"version":"newest"}""", "version")]
    public async Task Retry_WithAWrongBody_IsRefused(string body, string path)
    {
        var (practice, run) = await WaitingAsync();
        var reply = await practice.PostAsync($"/api/v1/executions/{run}/retry", body);
        Assert.Equal((422, path), (reply.Status, reply.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
    }

    private async Task<(TestPractice Practice, string Run)> WaitingAsync()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b =>
        {
            b["nodes"]![0]!["type"] = "google_reviews_sms";
            b["nodes"]![0]!["config"] = JsonNode.Parse(
                """{"delay_after_appointment_hours":2,"google_place_id":"p","sms_sender_id":"S","message_template":"Hi"}""");
        }))).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"first_name":"A","phone":"+17135550142"}"""))
            .Text("execution_id");
        await UntilAsync(practice, run, "waiting");
        return (practice, run);
    }

    private static async Task UntilAsync(TestPractice practice, string run, string word)
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
    }
}
