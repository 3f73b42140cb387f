using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>What a client asks beside its workflows: whether its key is good, which runs there are, which steps can be.</summary>
[Collection(StudioAppTests.Name)]
public sealed class HouseTests(StudioApp app)
{
    [Fact]
    public async Task Ping_TellsTheWorkspaceAndWhatTheKeyMay()
    {
        var practice = await app.GraphPracticeAsync("service.workflows.workflows.view");
        var pong = await practice.GetAsync("/api/v1/ping");
        Assert.Equal((200, "success"), (pong.Status, pong.Text("status")));
        var workspace = pong.Json.GetProperty("workspace");
        Assert.Equal(
            ["practice_id", "name", "owner", "environment", "stripe_connect_status", "capabilities"],
            workspace.EnumerateObject().Select(p => p.Name));
        Assert.Equal($"practice_{practice.Owner.Tenant.WorkspaceId:N}", workspace.GetProperty("practice_id").GetString());
        Assert.Equal("test", workspace.GetProperty("environment").GetString());
        Assert.Equal("""["service.workflows.workflows.view"]""", workspace.GetProperty("capabilities").GetRawText());
    }

    [Fact]
    public async Task Executions_AreListedInPagesAndNarrowed()
    {
        var practice = await app.GraphPracticeAsync();
        var play = new MessagePlay(app, practice);
        var (done, waits) = (await play.MakeAsync(GraphBodies.Small()), await play.MakeAsync(MessagePlay.Waiting));
        string[] runs =
            [await play.RunAsync(done, "completed"), await play.RunAsync(done, "completed"), await play.RunAsync(waits, "waiting")];
        var all = (await practice.GetAsync("/api/v1/executions?limit=2")).Json;
        Assert.Equal("""{"page":1,"limit":2,"total":3,"totalPages":2}""", all.GetProperty("pagination").GetRawText());
        foreach (var (query, expected) in new (string, string[])[]
        {
            ("", [runs[2], runs[1], runs[0]]), ("page=2&limit=2", [runs[0]]), ("status=waiting", [runs[2]]),
            ($"workflow_id={done}&status=completed", [runs[1], runs[0]]), ("status=failed", []), ("workflow_id=nonsense", []),
            ("cause=api&search=Waits", [runs[2]]), ("contact_id=0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001", []),
        })
            Assert.Equal(expected, (await practice.GetAsync($"/api/v1/executions?{query}")).Json.GetProperty("executions").EnumerateArray()
                .Select(e => e.GetProperty("execution_id").GetString()));
        Assert.Equal(422, (await practice.GetAsync("/api/v1/executions?status=idle")).Status);
    }

    [Fact]
    public async Task NodeTypes_AreAllWithSchemas()
    {
        var catalog = (await (await app.GraphPracticeAsync()).GetAsync("/api/v1/node-types")).Json;
        var types = catalog.GetProperty("node_types").EnumerateArray().ToDictionary(t => t.GetProperty("type").GetString()!);
        var known = app.Get<NodeCatalog>();
        Assert.Equal(known.Types.Select(t => t.Type).Union(UnbuiltSteps.All.Select(t => t.Type)).Order(StringComparer.Ordinal), types.Keys);
        Assert.All(types.Values, t => Assert.Equal("object", t.GetProperty("config_schema").GetProperty("type").GetString()));
        Assert.All(known.Types, t => Assert.True(types[t.Type].GetProperty("is_available").GetBoolean()));
        var properties = types["switch"].GetProperty("config_schema").GetProperty("properties");
        Assert.Equal(20, properties.GetProperty("cases").GetProperty("anyOf")[0].GetProperty("maxItems").GetInt32());
        Assert.Equal("""["value","cases"]""", types["switch"].GetProperty("config_schema").GetProperty("required").GetRawText());
        Assert.Equal(
            known.KnownTriggers, catalog.GetProperty("trigger_types").EnumerateArray().Select(t => t.GetProperty("type").GetString()));
    }
}
