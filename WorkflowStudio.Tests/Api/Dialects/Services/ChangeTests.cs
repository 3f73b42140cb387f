using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Services.CreateTests;

namespace WorkflowStudio.Tests.Api.Dialects.Services;

/// <summary>"Create, update, pause, resume, delete workflows": what the scopes promise beside the endpoints of the text.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ChangeTests(StudioApp app)
{
    [Fact]
    public async Task Patch_OfSomeFields_LeavesTheOthersAsTheyWere()
    {
        var (practice, id) = await MadeAsync();
        var before = await practice.GetAsync($"{Address}/{id}");
        var reply = await SendAsync(practice, "PATCH", id, """{"name":"Renamed","description":"New","x_own":2}""");
        Assert.Equal(200, reply.Status);
        var (was, is_) = (before.Json.GetProperty("data"), reply.Json.GetProperty("data"));
        Assert.Equal(("Renamed", "New", "2"), (Text(is_, "name"), Text(is_, "description"), is_.GetProperty("x_own").GetRawText()));
        foreach (var field in new[] { "id", "trigger_type", "cron_expression", "timezone", "status", "visibility", "steps", "next_run_at" })
            Assert.Equal(was.GetProperty(field).GetRawText(), is_.GetProperty(field).GetRawText());
        Assert.Null(Text((await SendAsync(practice, "PATCH", id, """{"description":null}""")).Json.GetProperty("data"), "description"));
    }

    [Fact]
    public async Task Patch_ToManualAndBack_KeepsTheSchedule()
    {
        var (practice, id) = await MadeAsync();
        var manual = (await SendAsync(practice, "PATCH", id, """{"trigger_type":"manual"}""")).Json.GetProperty("data");
        Assert.Equal(("manual", "0 9 * * *", null),
            (Text(manual, "trigger_type"), Text(manual, "cron_expression"), Text(manual, "next_run_at")));
        var again = (await SendAsync(practice, "PATCH", id, """{"trigger_type":"schedule"}""")).Json.GetProperty("data");
        Assert.Equal(("schedule", "0 9 * * *"), (Text(again, "trigger_type"), Text(again, "cron_expression")));
        Assert.NotNull(Text(again, "next_run_at"));
    }

    [Fact]
    public async Task Put_IsTheWholeWorkflow()
    {
        var (practice, id) = await MadeAsync();
        Assert.Equal(400, (await SendAsync(practice, "PUT", id, """{"name":"Two"}""")).Status);
        var data = (await SendAsync(practice, "PUT", id, With("name", "\"Two\""))).Json.GetProperty("data");
        Assert.Equal(("Two", null, "tenant"), (Text(data, "name"), Text(data, "description"), Text(data, "visibility")));
        Assert.False(data.TryGetProperty("x_own", out _));
    }

    [Fact]
    public async Task Change_OfAnotherState_IsRefused()
    {
        var (practice, id) = await MadeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Address}/{id}")
        { Content = new StringContent("""{"name":"Late"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("If-Match", "\"99\"");
        Assert.Equal(412, (await Reply.OfAsync(await practice.Client.SendAsync(request))).Status);
    }

    [Fact]
    public async Task PauseAndResume_AnswerTheWorkflow()
    {
        var (practice, id) = await MadeAsync();
        var paused = await practice.PostAsync($"{Address}/{id}/pause", "", "k1");
        Assert.Equal((200, "paused", null), (paused.Status, Text(paused.Json.GetProperty("data"), "status"),
            Text(paused.Json.GetProperty("data"), "next_run_at")));
        Assert.Equal(paused.Body, (await practice.PostAsync($"{Address}/{id}/pause", "", "k1")).Body);
        Assert.Equal(409, (await practice.PostAsync($"{Address}/{id}/run", "")).Status);
        var resumed = await practice.PostAsync($"{Address}/{id}/resume", "");
        Assert.Equal((200, "active"), (resumed.Status, Text(resumed.Json.GetProperty("data"), "status")));
    }

    [Fact]
    public async Task Delete_IsFinal()
    {
        var (practice, id) = await MadeAsync();
        var deleted = await practice.DeleteAsync($"{Address}/{id}");
        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        Assert.Equal(404, (await practice.GetAsync($"{Address}/{id}")).Status);
    }

    [Fact]
    public async Task WorkflowThatCannotBeTold_IsReadButNotListedNorFlattened()
    {
        var practice = await app.PracticeAsync();
        var (fork, chain) = (await GraphAsync(practice, "manual", "a", "b"), await GraphAsync(practice, "webhook", "a"));
        var told = await GraphAsync(practice, "manual", "a");
        Assert.Equal([told], (await practice.GetAsync(Address)).Json.GetProperty("data").EnumerateArray().Select(d => Text(d, "id")));
        var read = (await practice.GetAsync($"{Address}/{fork}")).Json.GetProperty("data");
        Assert.Equal(("manual", "[]", false), (Text(read, "trigger_type"), read.GetProperty("steps").GetRawText(),
            read.GetProperty("expressible").GetBoolean()));
        var hook = (await practice.GetAsync($"{Address}/{chain}")).Json.GetProperty("data");
        Assert.Equal("""[{"step_type":"set","step_config":{"values":{"x":"1"}}}]""", hook.GetProperty("steps").GetRawText());
        Assert.Equal(("webhook", false), (Text(hook, "trigger_type"), hook.GetProperty("expressible").GetBoolean()));
        Assert.Equal(200, (await SendAsync(practice, "PATCH", fork, """{"name":"Other"}""")).Status);
        foreach (var (id, body) in new[] { (fork, With("name", "\"x\"")), (chain, """{"trigger_type":"manual"}""") })
        {
            var refused = await SendAsync(practice, "PATCH", id, body);
            Assert.Equal((409, "not_expressible"), (refused.Status, Text(refused.Json.GetProperty("error"), "code")));
        }
    }

    [Fact]
    public async Task Steps_ThatStay_KeepWhatOnlyTheStudioKnows()
    {
        var practice = await app.PracticeAsync();
        var id = await GraphAsync(practice, "manual", "a");
        await SendAsync(practice, "PATCH", id, """{"steps":[{"type":"set","config":{"values":{"x":"2"}}},{"type":"send_email","config":{}}]}""");
        var nodes = (await app.Get<ReadWorkflow>().RunAsync(practice.Owner, Guid.Parse(id))).Value!.Definition.Nodes;
        Assert.Equal([("a", "Set it"), ("step_2", "")], nodes.Select(n => (n.Id, n.Name)));
    }

    private async Task<string> GraphAsync(TestPractice practice, string trigger, params string[] nodes)
    {
        var definition = WorkflowDefinition.Empty with
        {
            Trigger = new WorkflowTrigger { Type = trigger },
            Nodes = [.. nodes.Select(n => new WorkflowNode
            { Id = n, Type = "set", Name = "Set it", Config = JsonElement.Parse("""{"values":{"x":"1"}}""") })],
            Links = [.. nodes.Select(n => new LinkConnection("trigger", null, n))],
        };
        return (await app.Get<CreateWorkflow>().RunAsync(practice.Owner, new NewWorkflow(
            "Graph", "", WorkflowStatus.Active, definition, EditorState.None, "studio"))).Value!.Id.ToString();
    }

    private async Task<(TestPractice Practice, string Id)> MadeAsync()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Address, Reference.Replace("\"name\"", "\"x_own\":1,\"name\"", StringComparison.Ordinal));
        return (practice, Text(made.Json.GetProperty("data"), "id")!);
    }

    private static Task<Reply> SendAsync(TestPractice practice, string method, string id, string body) =>
        practice.SendAsync(new HttpMethod(method), $"{Address}/{id}", new StringContent(body, Encoding.UTF8, "application/json"), null);
}
