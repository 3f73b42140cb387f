using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Api.Dialects.Blocks;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>What the reference text and the decisions say, sentence by sentence, over the wire.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class BlocksApiTests(StudioApp app)
{
    // the request of the reference text, byte for byte
    private const string Reference = """

        {
          "name": "<string>",
          "trigger_type": "manual-trigger",
          "workflow_blocks": [
            "<unknown>"
          ],
          "description": "<string>",
          "trigger_configuration": "<unknown>",
          "trigger_constraints": "<unknown>",
          "workflow_editor_state": "<unknown>"
        }

        """;

    private const string Step = """{"$kind":"Action","id":"a","type":"set","name":"","input":{"values":{"x":1}}}""";

    [Fact]
    public async Task ReferenceRequest_IsAnsweredWithEveryFieldOfTheText()
    {
        var practice = await app.PracticeAsync();

        var made = await practice.PostAsync("/workflows", Reference);

        Assert.True(made.Status == 201, made.Body);
        Assert.Equal(
            ["id", "workflow_id", "name", "description", "is_active", "trigger_type", "version_number", "created_at", "updated_at",
                "workflow_blocks", "trigger_configuration", "trigger_constraints", "webhook_url"],
            made.Json.EnumerateObject().Select(f => f.Name));
        var json = made.Json;
        Assert.Equal(JsonValueKind.Number, json.GetProperty("id").ValueKind);
        Assert.True(Guid.TryParseExact(made.Text("workflow_id"), "D", out _));
        Assert.Equal(("<string>", "<string>", "manual-trigger"), (made.Text("name"), made.Text("description"), made.Text("trigger_type")));
        Assert.Equal((JsonValueKind.False, 1), (json.GetProperty("is_active").ValueKind, json.GetProperty("version_number").GetInt32()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", made.Text("created_at"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", made.Text("updated_at"));
        Assert.Equal("""["<unknown>"]""", json.GetProperty("workflow_blocks").GetRawText());
        Assert.Equal(("<unknown>", "<unknown>"), (made.Text("trigger_configuration"), made.Text("trigger_constraints")));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("webhook_url").ValueKind);
        Assert.Equal(made.Body, (await practice.GetAsync($"/workflows/{made.Text("workflow_id")}")).Body);
    }

    [Theory]
    [InlineData("manual-trigger")]
    [InlineData("ai-trigger")]
    [InlineData("cron-trigger")]
    [InlineData("webhook")]
    public async Task TriggerType_OfEachKind_IsActivated(string type)
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, type, Step, """{"schedule":"0 9 * * *"}""");

        var on = await practice.PostAsync($"/workflows/{id}/activate", "{}");

        Assert.True(on.Status == 200, on.Body);
        Assert.Equal((type, JsonValueKind.True), (on.Text("trigger_type"), on.Json.GetProperty("is_active").ValueKind));
        Assert.Equal("""{"schedule":"0 9 * * *"}""", on.Json.GetProperty("trigger_configuration").GetRawText());
        if (type != "webhook") return;
        Assert.EndsWith(
            $"/api/v1/webhooks/wf_{id.Replace("-", "", StringComparison.Ordinal)}", on.Text("webhook_url"), StringComparison.Ordinal);
        Assert.Equal(202, (await practice.PostAsync(new Uri(on.Text("webhook_url")).PathAndQuery, "{}")).Status);
        Assert.Equal(JsonValueKind.Null, (await PatchAsync(practice, id, """{"trigger_type":"ticket-created"}"""))
            .Json.GetProperty("webhook_url").ValueKind);
        Assert.Equal(on.Text("webhook_url"), (await PatchAsync(practice, id, """{"trigger_type":"webhook"}""")).Text("webhook_url"));
    }

    [Fact]
    public async Task Webhook_OfWhatIsNotActive_IsRefusedInTheWordsOfTheDialect()
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, "webhook", Step);
        var refused = await practice.PostAsync($"/api/v1/webhooks/{id}", "{}");
        Assert.Equal((409, 409), (refused.Status, refused.Json.GetProperty("statusCode").GetInt32()));
        Assert.Equal("error", (await practice.PostAsync("/api/v1/webhooks/wf_1", "{}")).Text("status")); // of no workflow, those of graph
    }

    [Fact]
    public async Task EventTriggers_All_AreStartedByTheirEvent()
    {
        var practice = await app.PracticeAsync();
        var events = BlocksTriggers.Types.Where(t => BlocksTriggers.Of(t)!.Type == "event").ToList();
        Assert.Equal(21, events.Count);
        foreach (var type in events) await ActivateAsync(practice, await MakeAsync(practice, type, Step));

        foreach (var type in events)
        {
            var name = type == "form-trigger" ? "form.submitted" : type;
            var sent = await practice.PostAsync("/api/v1/events", $$"""{"type":"{{name}}"}""");
            Assert.Equal(1, sent.Json.GetProperty("started").GetInt32());
        }
    }

    [Fact]
    public async Task Patch_MakesAVersionThatDoesNotRunUntilItIsActivated()
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, "ticket-created", Step, """{"x":[1]}""", """{"==":[{"var":"data.x"},1]}""");
        await ActivateAsync(practice, id);

        var changed = await PatchAsync(practice, id, """{"name":"Two","workflow_blocks":[]}""");

        Assert.Equal((200, 2), (changed.Status, changed.Json.GetProperty("version_number").GetInt32()));
        Assert.Equal(JsonValueKind.False, changed.Json.GetProperty("is_active").ValueKind);
        Assert.Equal(("Two", "ticket-created", "[]"),
            (changed.Text("name"), changed.Text("trigger_type"), changed.Json.GetProperty("workflow_blocks").GetRawText()));
        Assert.Equal("""{"x":[1]}""", changed.Json.GetProperty("trigger_configuration").GetRawText());
        Assert.Equal("""{"==":[{"var":"data.x"},1]}""", changed.Json.GetProperty("trigger_constraints").GetRawText());
        var sent = await practice.PostAsync("/api/v1/events", """{"type":"ticket-created","data":{"x":1}}""");
        Assert.Equal(1, sent.Json.GetProperty("started").GetInt32());
        var empty = await practice.PostAsync($"/workflows/{id}/activate", "{}");
        Assert.Equal((400, "workflow_blocks: The workflow has no steps yet, so a run would do nothing. Add a step."),
            (empty.Status, empty.Json.GetProperty("message")[0].GetString()));
        var third = await PatchAsync(practice, id, $$"""{"workflow_blocks":[{{Step}}],"description":null}""");
        await ActivateAsync(practice, id);
        Assert.Equal(3, third.Json.GetProperty("version_number").GetInt32());
        Assert.Equal(JsonValueKind.True, (await practice.GetAsync($"/workflows/{id}")).Json.GetProperty("is_active").ValueKind);
    }

    [Fact]
    public async Task Trigger_OfAnActiveWorkflow_StartsARunThatGoesItsWay()
    {
        var practice = await app.PracticeAsync();
        const string blocks = """
            {"$kind":"Action","id":"3f2a-first","type":"set","name":"","input":{"values":{"field":"value"}}},
            {"$kind":"Block","type":"if-else","id":"if","inputs":{"condition":{"operatorName":"equals","left":"{{3f2a-first.output.field}}","right":"value"}},
            "branches":{"then":[{"$kind":"Action","id":"well","type":"end","name":"","input":{}}],
            "else":[{"$kind":"Action","id":"no","type":"stop","name":"","input":{"message":"Not equal."}}]}}
            """;
        var id = await MakeAsync(practice, "manual-trigger", blocks);
        Assert.Equal(409, (await practice.PostAsync($"/workflows/{id}/trigger", "{}")).Status);
        await ActivateAsync(practice, id);

        var started = await practice.PostAsync($"/workflows/{id}/trigger", """{"x":1}""");

        Assert.True(started.Status == 202, started.Body);
        var run = await UntilAsync(practice, id, started.Text("id"), "completed");
        Assert.Equal("manual", run.Text("trigger_cause"));
        Assert.Equal(started.Json.GetProperty("workflow_id").GetInt64(), run.Json.GetProperty("workflow_id").GetInt64());
        var page = await practice.GetAsync($"/workflows/{id}/runs?status=completed,failed&trigger_cause=manual&limit=1000");
        Assert.Equal((1, 1, 1), (page.Json.GetProperty("total_items").GetInt32(), page.Json.GetProperty("total_pages").GetInt32(),
            page.Json.GetProperty("current_page").GetInt32()));
        Assert.Equal(run.Body, page.Json.GetProperty("runs")[0].GetRawText());
        Assert.Equal(0, (await practice.GetAsync($"/workflows/{id}/runs?status=failed")).Json.GetProperty("total_items").GetInt32());
        var other = await MakeAsync(practice, "manual-trigger", Step);
        Assert.Equal(404, (await practice.GetAsync($"/workflows/{other}/runs/{run.Text("id")}")).Status);
    }

    [Fact]
    public async Task StepThatIsNotBuiltYet_IsActivatedAndFailsInItsRun()
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, "manual-trigger", """{"$kind":"Action","id":"a","type":"tag-ticket","name":"","input":{"tag":"x"}}""");
        await ActivateAsync(practice, id);

        var run = (await practice.PostAsync($"/workflows/{id}/trigger", "{}")).Text("id");

        var failed = await UntilAsync(practice, id, run, "failed");
        Assert.Equal("step_not_available", failed.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("\"type\":\"tag-ticket\"", (await practice.GetAsync($"/workflows/{id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deactivate_StopsStarts()
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, "manual-trigger", Step);
        Assert.Equal(JsonValueKind.False,
            (await practice.PostAsync($"/workflows/{id}/deactivate", "{}")).Json.GetProperty("is_active").ValueKind);
        await ActivateAsync(practice, id);

        var off = await practice.PostAsync($"/workflows/{id}/deactivate", "{}");

        Assert.Equal((200, JsonValueKind.False), (off.Status, off.Json.GetProperty("is_active").ValueKind));
        Assert.Equal(409, (await practice.PostAsync($"/workflows/{id}/trigger", "{}")).Status);
    }

    [Fact]
    public async Task Validate_NamesStepsAndTypes()
    {
        var practice = await app.PracticeAsync();

        var wrong = await practice.PostAsync("/workflows/validate",
            """{"trigger_type":"webhook","workflow_blocks":[{"$kind":"Action","id":"a","type":"nobody","name":"","input":{}},"x"]}""");
        var right = await practice.PostAsync("/workflows/validate", $$"""{"trigger_type":"webhook","workflow_blocks":[{{Step}}]}""");

        Assert.Equal((200, JsonValueKind.False), (wrong.Status, wrong.Json.GetProperty("valid").ValueKind));
        Assert.Contains("a", wrong.Json.GetProperty("issues").EnumerateArray().Select(i => i.GetProperty("step_id").GetString()));
        Assert.Equal("""["nobody"]""", wrong.Json.GetProperty("action_types_used").GetRawText());
        Assert.Equal("""{"valid":true,"issues":[],"action_types_used":["set"]}""", right.Body);
    }

    [Fact]
    public async Task Definitions_ListTriggersActionsAndBlocks()
    {
        var all = (await (await app.PracticeAsync()).GetAsync("/workflows/definitions")).Json;

        Assert.Equal(BlocksTriggers.Types, Types("trigger_types"));
        Assert.Equal(["if-else", "switch", "for-each", "parallel", "wait"], Types("block_types"));
        Assert.Contains("set", Types("action_types"));
        Assert.All(all.EnumerateObject().SelectMany(l => l.Value.EnumerateArray()),
            t => Assert.Equal("object", t.GetProperty("input_schema").GetProperty("type").GetString()));

        IEnumerable<string> Types(string list) => all.GetProperty(list).EnumerateArray().Select(t => t.GetProperty("type").GetString()!);
    }

    [Fact]
    public async Task WhatWasSent_ComesBackAfterTheStudioSavedAndPublishedIt()
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, "cron-trigger", """
            {"$kind":"Block","type":"wait","id":"w","inputs":{"duration":30},"color":"red","branches":{}},
            {"$kind":"Action","type":"ask-ai","input":{"prompt":"Sum it up","x":{"y":[1.50]}}}
            """, """{"expression":"0 9 * * *"}""");
        var before = await practice.GetAsync($"/workflows/{id}");
        var opened = (await app.Get<GetWorkflow>().RunAsync(practice.Owner, Guid.Parse(id))).Value!;
        var work = new DraftWork(opened.Revision, opened.Definition with
        { Nodes = [.. opened.Definition.Nodes, new WorkflowNode { Id = "more", Type = "end" }] }, opened.Editor);

        var saved = await app.Get<SaveDraft>().RunAsync(practice.Owner, opened.Workflow.Id, work with
        {
            Definition = work.Definition with
            { Links = [.. work.Definition.Links, new LinkConnection("step_1", null, "more")] }
        });
        var published = await app.Get<PublishWorkflow>().RunAsync(practice.Owner, opened.Workflow.Id, saved.Value!.Revision);

        Assert.True(published.Ok, published.Problem?.Message);
        var after = await practice.GetAsync($"/workflows/{id}");
        var blocks = JsonNode.Parse(before.Body)!["workflow_blocks"]!.AsArray();
        blocks.Add(JsonNode.Parse("""{"$kind":"Action","id":"more","type":"end","name":"","input":{}}"""));
        Assert.True(JsonNode.DeepEquals(blocks, JsonNode.Parse(after.Body)!["workflow_blocks"]), after.Body);
        Assert.Equal("""{"expression":"0 9 * * *"}""", after.Json.GetProperty("trigger_configuration").GetRawText());
    }

    [Fact]
    public async Task GraphThatDoesNotNest_IsShownWithoutBlocksAndCanBeRenamed()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync("/api/v1/workflows", """
            {"name":"Round","trigger":{"type":"manual"},"nodes":[{"id":"a","type":"set","config":{"values":{"x":1}}},
            {"id":"b","type":"condition","config":{"conditions":[{"left":1,"operator":"is_true"}]}}],
            "link_connections":[{"from":"trigger","to":"a"},{"from":"a","to":"b"},{"from":"b","from_port":"else","to":"a","max_rounds":3}]}
            """);
        var id = made.Text("id");

        var shown = await practice.GetAsync($"/workflows/{id}");
        var renamed = await PatchAsync(practice, id, """{"name":"Two","workflow_blocks":null}""");

        Assert.Equal(JsonValueKind.Null, shown.Json.GetProperty("workflow_blocks").ValueKind);
        Assert.Contains("lead back", shown.Text("workflow_blocks_missing"), StringComparison.Ordinal);
        Assert.Equal(("Two", 2), (renamed.Text("name"), renamed.Json.GetProperty("version_number").GetInt32()));
        await ActivateAsync(practice, id);
    }

    [Fact]
    public async Task Blocks_TwentyDeep_GoOverTheWire()
    {
        var practice = await app.PracticeAsync();
        var inner = Step;
        for (var i = 20; i > 0; i--)
            inner = $$$"""{"$kind":"Block","type":"if-else","id":"i{{{i}}}","inputs":{"condition":{"operatorName":"exists","left":1}},"branches":{"then":[{{{inner}}}],"else":[]}}""";
        var id = await MakeAsync(practice, "manual-trigger", inner);

        var read = BlockCases.Json((await practice.GetAsync($"/workflows/{id}")).Body).GetProperty("workflow_blocks");

        Assert.True(JsonElement.DeepEquals(BlockCases.Json($"[{inner}]"), read));
        await ActivateAsync(practice, id);
        var tooDeep = $$$"""{"name":"N","trigger_type":"webhook","workflow_blocks":[{"$kind":"Block","type":"for-each","id":"o","inputs":{},"branches":{"body":[{{{inner}}}]}}]}""";
        Assert.Contains("20 deep", (await practice.PostAsync("/workflows", tooDeep)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OfAnOlderState_IsRefused()
    {
        var practice = await app.PracticeAsync();
        var id = await MakeAsync(practice, "manual-trigger", Step);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/workflows/{id}") { Content = Content("""{"name":"Two"}""") };
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");

        var reply = await Reply.OfAsync(await practice.Client.SendAsync(request));

        Assert.Equal((412, "Precondition Failed"), (reply.Status, reply.Text("error")));
    }

    public static TheoryData<string> Bodies =>
        [.. Fenced().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "api", "blocks.md"))).Select(m => m.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task BodyOfThePage_IsTakenActivatedAndGivenBack(string body)
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync("/workflows", body);
        Assert.True(made.Status == 201, made.Body);
        await ActivateAsync(practice, made.Text("workflow_id"));
        var back = JsonNode.Parse((await practice.GetAsync($"/workflows/{made.Text("workflow_id")}")).Body)!;
        foreach (var (name, value) in JsonNode.Parse(body)!.AsObject()) Assert.True(JsonNode.DeepEquals(value, back[name]), name);
    }

    private static async Task<string> MakeAsync(
        TestPractice practice, string type, string blocks, string configuration = "null", string constraints = "null")
    {
        var made = await practice.PostAsync("/workflows", $$"""
            {"name":"One","trigger_type":"{{type}}","workflow_blocks":[{{blocks}}],"trigger_configuration":{{configuration}},"trigger_constraints":{{constraints}}}
            """);
        Assert.True(made.Status == 201, made.Body);
        return BlockCases.Json(made.Body).GetProperty("workflow_id").GetString()!;
    }

    private static async Task ActivateAsync(TestPractice practice, string id)
    {
        var on = await practice.PostAsync($"/workflows/{id}/activate", "{}");
        Assert.True(on.Status == 200, on.Body);
    }

    private static Task<Reply> PatchAsync(TestPractice practice, string id, string body) =>
        practice.SendAsync(HttpMethod.Patch, $"/workflows/{id}", Content(body), null);

    private static StringContent Content(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static async Task<Reply> UntilAsync(TestPractice practice, string id, string run, string status)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (true)
        {
            var reply = await practice.GetAsync($"/workflows/{id}/runs/{run}");
            if (reply.Text("status") == status || patience.IsCancellationRequested)
            {
                Assert.Equal(status, reply.Text("status"));
                return reply;
            }

            await Task.Yield();
        }
    }

    [GeneratedRegex("```json\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
