using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Documents;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>Ids that the model cannot hold, and what nobody knows in a definition.</summary>
[Collection(StudioAppTests.Name)]
public sealed class StepIdTests(StudioApp app)
{
    private const string Path = "/api/workflows";

    [Fact]
    public async Task Steps_AreNamedByTheirIdsInExpressionsAndExecutions()
    {
        var practice = await app.PracticeAsync();
        var body = Body(
            Step("Größe, 1", "set", """{"values":{"total":41}}"""),
            Step("a.b [1]", "set", """{"values":{"next":"{{ $node[\"Größe, 1\"].total + 1 }}","same":"{{ $node['Größe, 1'].total }}"}}"""),
            Step("trigger", "condition", """{"field":"$node[\"a.b [1]\"].next","operator":"equals","value":42}"""));
        var made = await practice.PostAsync(Path, body.ToJsonString());
        Assert.True(made.Status == 201, made.Body);
        var id = made.Text("id");
        Assert.True(JsonNode.DeepEquals(body["definition"], JsonNode.Parse(made.Body)!["definition"]), made.Body);

        var run = (await practice.PostAsync($"{Path}/{id}/execute", "{}")).Text("execution_id");
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        JsonElement execution;
        do
        {
            await Task.Yield();
            execution = (await practice.GetAsync($"{Path}/{id}/executions?execution_id={run}")).Json.GetProperty("executions")[0];
        }
        while (execution.GetProperty("status").GetString() == "running" && !patience.IsCancellationRequested);
        Assert.True(execution.GetProperty("status").GetString() == "completed", execution.GetRawText());
        Assert.Equal(["Größe, 1", "a.b [1]", "trigger"],
            execution.GetProperty("execution_log").EnumerateArray().Select(s => s.GetProperty("step_id").GetString()));
    }

    /// <summary>What the studio changed is told in the words of the client, with what it knows beside it.</summary>
    [Fact]
    public async Task StepThatTheStudioChanged_KeepsItsIdAndWhatNobodyKnows()
    {
        var practice = await app.PracticeAsync();
        var body = Body(Step("my id", "set", """{"values":{"total":1}}"""), Step("b", "set", """{"values":{"x":"a"}}"""));
        body["definition"]!["steps"]![1]!["x_note"] = "kept";
        body["definition"]!["x_team"] = new JsonArray("a", 1.50);
        var id = (await practice.PostAsync(Path, body.ToJsonString())).Json.GetProperty("id").GetGuid();
        var open = (await app.Get<GetWorkflow>().RunAsync(practice.Owner, id)).Value!;
        var first = open.Definition.Nodes[0];
        Assert.Equal("my id", first.Name);
        var node = open.Definition.Nodes[1] with
        { Config = JsonElement.Parse($$$"""{"values":{"x":"{{ $node.{{{first.Id}}}.total }} {{ {{{first.Id}}}.output.total }}"}}""") };
        var saved = await app.Get<SaveDraft>().RunAsync(practice.Owner, id,
            new DraftWork(open.Revision, open.Definition with { Nodes = [first, node] }, open.Editor));
        Assert.True((await app.Get<PublishWorkflow>().RunAsync(practice.Owner, id, saved.Value!.Revision)).Ok);

        var read = JsonNode.Parse((await practice.GetAsync($"{Path}/{id}")).Body)!["definition"]!;

        Assert.True(JsonNode.DeepEquals(body["definition"]!["x_team"], read["x_team"]));
        Assert.Equal("my id", (string?)read["steps"]![0]!["id"]);
        var changed = read["steps"]![1]!;
        Assert.Equal(("kept", """{{ $node["my id"].total }} {{ $node["my id"].total }}"""),
            ((string?)changed["x_note"], (string?)changed["config"]!["values"]!["x"]));
        var again = await practice.SendAsync(HttpMethod.Put, $"{Path}/{id}", new StringContent(
            new JsonObject { ["definition"] = read.DeepClone() }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), null);
        Assert.True(again.Status == 200, again.Body);
        Assert.True(JsonNode.DeepEquals(read, JsonNode.Parse(again.Body)!["definition"]), again.Body);
        Assert.Equal(first.Id, (await app.Get<GetWorkflow>().RunAsync(practice.Owner, id)).Value!.Definition.Nodes[0].Id);
    }

    /// <summary>In expressions it is the start: nothing that means the step is told by that name.</summary>
    [Fact]
    public void StepCalledTrigger_IsNamedByItsNode()
    {
        var node = StepIds.Node("trigger");
        var ids = StepIds.Of(WorkflowStudio.Api.KeptFields.WithSteps(
            WorkflowDefinition.Empty, "documents", [(node, JsonElement.Parse("""{"id":"trigger"}"""))]));
        var config = JsonElement.Parse($$$"""{"x":"{{ $node.{{{node}}}.total }}"}""");
        Assert.Equal("trigger", ids.Sent(node));
        Assert.Equal(config.GetRawText(), ids.Outwards(config).GetRawText());
        Assert.Equal("""{"x":"{{ $node[\"trigger\"].a }}"}""",
            StepIds.Inwards(JsonElement.Parse("""{"x":"{{ $node[\"trigger\"].a }}"}""")).GetRawText());
    }

    [Theory]
    [InlineData("a\nb", "a", "definition.steps[0].id", "The id of a step has at most 200 characters, none of them a control character.")]
    [InlineData("a b", "a b", "definition.steps[1].id", "The id a b is taken by definition.steps[0]. Give each step its own id.")]
    public async Task IdThatCannotBe_IsRefusedAtItsPlace(string one, string other, string field, string message)
    {
        var practice = await app.PracticeAsync();
        var refused = await practice.PostAsync(Path, Body(Step(one, "set", "{}"), Step(other, "set", "{}")).ToJsonString());
        var details = refused.Json.GetProperty("error").GetProperty("details");
        Assert.Equal((400, message), (refused.Status, details.GetProperty(field).GetString()));
    }

    [Fact]
    public void Node_OfAnyId_IsOneThatTheModelHolds()
    {
        foreach (var id in new[] { "a b", "größe", "trigger", "$x", "日本", new string('ü', 200), "a.b", "-" })
            Assert.True(WorkflowNode.CanBeId(StepIds.Node(id)), StepIds.Node(id));
        Assert.NotEqual(StepIds.Node("a b"), StepIds.Node("a.b"));
        Assert.Equal("node_1-A", StepIds.Node("node_1-A"));
    }

    private static JsonObject Body(params JsonObject[] steps) => new()
    { ["name"] = "Ids", ["trigger_type"] = "manual", ["definition"] = new JsonObject { ["steps"] = new JsonArray([.. steps]) } };

    private static JsonObject Step(string id, string type, string config) =>
        new() { ["id"] = id, ["type"] = type, ["config"] = JsonNode.Parse(config) };
}
