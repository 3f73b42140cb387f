using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Documents.Documents;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>The reference text, sentence by sentence: executions and schedules.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ExecutionTests(StudioApp app)
{
    [Fact]
    public async Task Execute_IsAnsweredAtOnceAndListedWithItsSteps()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(Running);
        var reply = await practice.PostAsync(path + "/execute", """{"trigger_data":{"document_id":"doc-uuid","n":9}}""");
        Assert.Equal(202, reply.Status);
        Assert.Equal(["execution_id", "status", "started_at"], reply.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("running", reply.Text("status"));
        Assert.Equal($"{path}/executions?execution_id={reply.Text("execution_id")}", reply.Headers.Location!.ToString());
        var ended = Assert.Single((await practice.EndedAsync(path)).Json.GetProperty("executions").EnumerateArray());
        Assert.Equal(
            ["id", "status", "triggered_by", "started_at", "completed_at", "execution_log"], ended.EnumerateObject().Select(p => p.Name));
        Assert.Equal((reply.Text("execution_id"), "completed", "manual"),
            (Text(ended, "id"), Text(ended, "status"), Text(ended, "triggered_by")));
        Assert.Equal(["one completed", "large completed", "double completed"],
            ended.GetProperty("execution_log").EnumerateArray().Select(s => $"{Text(s, "step_id")} {Text(s, "status")}"));
        Assert.All(
            ended.GetProperty("execution_log").EnumerateArray(), s => Assert.InRange(s.GetProperty("duration_ms").GetInt64(), 0, 600_000));
    }

    [Fact]
    public async Task Condition_ThatDoesNotHold_EndsTheRunThere()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(Running);
        await practice.PostAsync(path + "/execute", """{"trigger_data":{"n":1}}""");
        var log = (await practice.EndedAsync(path)).Json.GetProperty("executions")[0].GetProperty("execution_log");
        Assert.Equal(["one", "large"], log.EnumerateArray().Select(s => Text(s, "step_id")));
    }

    [Fact]
    public async Task Executions_AreLimitedAndFoundById()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(Running);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Insert(0, (await practice.PostAsync(path + "/execute", "")).Text("execution_id"));
        Assert.Equal(ids[..2], await IdsAsync("?limit=2"));
        Assert.Equal([ids[1]], await IdsAsync($"?execution_id={ids[1]}"));
        Assert.Empty(await IdsAsync("?execution_id=0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"));
        Assert.Empty(await IdsAsync("?execution_id=nonsense"));
        Refused(await practice.GetAsync(path + "/executions?limit=0"), 400, "VALIDATION_ERROR");

        async Task<IEnumerable<string?>> IdsAsync(string query) =>
            (await practice.GetAsync($"{path}/executions{query}")).Json.GetProperty("executions").EnumerateArray()
                .Select(e => Text(e, "id"));
    }

    [Fact]
    public async Task Event_StartsTheWorkflowsWhoseFiltersItFits()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(Running.Replace("{\"name\"", """
            {"trigger_type":"event","trigger_config":{"event":"document.uploaded","filters":{"file_type":["pdf","docx"],"confidence_min":0.5}},"name"
            """, StringComparison.Ordinal));
        foreach (var (data, started) in new[]
        {
            ("""{"file_type":"pdf","confidence":0.5}""", 1), ("""{"file_type":"png","confidence":0.9}""", 0),
            ("""{"file_type":"pdf","confidence":0.4}""", 0), ("""{"file_type":"pdf"}""", 0),
        })
        {
            using var content = new StringContent(
                $$$"""{"type":"document.uploaded","data":{{{data}}}}""", System.Text.Encoding.UTF8, "application/json");
            var sent = await practice.SendAsync(HttpMethod.Post, "/api/v1/events", content, null);
            Assert.True(started == sent.Json.GetProperty("started").GetInt32(), sent.Body);
        }

        Assert.Equal("event", Text((await practice.EndedAsync(path)).Json.GetProperty("executions")[0], "triggered_by"));
    }

    [Theory]
    [InlineData("document.uploaded")]
    [InlineData("document.processed")]
    [InlineData("extraction.completed")]
    [InlineData("chat.message")]
    public async Task EveryPlatformEvent_StartsTheWorkflowThatNamesIt(string name)
    {
        var practice = await app.PracticeAsync();
        await practice.MakeAsync(Running.Replace(
            "{\"name\"", $$"""{"trigger_type":"event","trigger_config":{"event":"{{name}}" },"name" """, StringComparison.Ordinal));
        var sent = await practice.PostAsync("/api/v1/events", $$"""{"type":"{{name}}","data":{} }""");
        Assert.Equal(1, sent.Json.GetProperty("started").GetInt32());
    }

    [Fact]
    public async Task Execute_OfWhatIsNotEnabled_IsRefused()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(With(("enabled", "false")));
        Refused(await practice.PostAsync(path + "/execute", ""), 409, "WORKFLOW_NOT_ACTIVE");
        Refused(await practice.PostAsync(path + "/execute", """{"trigger_data":7}"""), 400, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("manual", "{}")]
    [InlineData("scheduled", "{}")]
    public async Task Schedule_OfAWorkflow_IsMadeChangedAndRemoved(string type, string config)
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(With(("trigger_type", $"\"{type}\""), ("trigger_config", config)));
        Refused(await practice.GetAsync(path + "/schedule"), 404, "NOT_FOUND");
        Refused(await practice.PutAsync(path + "/schedule", """{"cron_expression":"0 9 * * *"}"""), 404, "NOT_FOUND");
        Refused(await practice.PostAsync(path + "/schedule", "{}"), 400, "MISSING_FIELD");
        var made = await practice.PostAsync(path + "/schedule", """{"cron_expression": "0 9 * * 1-5","timezone": "America/New_York"}""", "k1");
        Assert.Equal((201, "0 9 * * 1-5", "America/New_York", true), (made.Status, made.Text("cron_expression"), made.Text("timezone"),
            made.Json.GetProperty("enabled").GetBoolean()));
        Assert.Matches("^\\d{4}-.*Z$", made.Text("next_run_at"));
        Assert.Equal(made.Body, (await practice.PostAsync(
            path + "/schedule", """{"cron_expression": "0 9 * * 1-5","timezone": "America/New_York"}""", "k1")).Body);
        Assert.Equal(made.Body, (await practice.GetAsync(path + "/schedule")).Body);
        Refused(await practice.PostAsync(path + "/schedule", """{"cron_expression":"0 9 * * *"}"""), 409, "SCHEDULE_EXISTS");
        await ChangeAndRemoveAsync(practice, path);
        Assert.Equal(type, (await practice.GetAsync(path)).Text("trigger_type"));
    }

    [Fact]
    public async Task Schedule_ThatIsTheTrigger_IsChangedAndRemovedAlike()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(With(("trigger_type", "\"scheduled\""),
            ("trigger_config", """{"cron_expression":"0 9 * * 1-5","timezone":"America/New_York"}""")));
        Assert.Equal("0 9 * * 1-5", (await practice.GetAsync(path + "/schedule")).Text("cron_expression"));
        Refused(await practice.PostAsync(path + "/schedule", """{"cron_expression":"0 9 * * *"}"""), 409, "SCHEDULE_EXISTS");
        await ChangeAndRemoveAsync(practice, path);
        var read = (await practice.GetAsync(path)).Json;
        Assert.Equal(("scheduled", "{}"), (Text(read, "trigger_type"), read.GetProperty("trigger_config").GetRawText()));
    }

    private static async Task ChangeAndRemoveAsync(TestPractice practice, string path)
    {
        var changed = await practice.PutAsync(path + "/schedule", """{"cron_expression": "0 10 * * 1-5","enabled": true}""");
        Assert.True(changed.Status == 200, changed.Body);
        Assert.Equal(("0 10 * * 1-5", "America/New_York"), (changed.Text("cron_expression"), changed.Text("timezone")));
        var off = (await practice.PutAsync(path + "/schedule", """{"enabled":false}""")).Json;
        Assert.Equal((false, null), (off.GetProperty("enabled").GetBoolean(), Text(off, "next_run_at")));
        Refused(await practice.PutAsync(path + "/schedule", """{"cron_expression":"soon"}"""), 400, "VALIDATION_ERROR");
        Assert.Equal(204, (await practice.DeleteAsync(path + "/schedule")).Status);
        Refused(await practice.GetAsync(path + "/schedule"), 404, "NOT_FOUND");
        Refused(await practice.DeleteAsync(path + "/schedule"), 404, "NOT_FOUND");
    }
}
