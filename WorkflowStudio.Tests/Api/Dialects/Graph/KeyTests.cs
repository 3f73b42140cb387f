using System.Net.Http.Headers;
using System.Text;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

[Collection(StudioAppTests.Name)]
public sealed class KeyTests(StudioApp app)
{
    private const string Unauthorized = """{"status":"error","code":"unauthorized","message":"A valid API key is needed: send it as \"Authorization: Bearer sk_…\".","errors":[]}""";

    [Theory]
    [InlineData("GET", "/api/v1/workflows")]
    [InlineData("POST", "/api/v1/workflows")]
    [InlineData("DELETE", "/api/v1/workflows/x")]
    [InlineData("POST", "/api/v1/workflows/x/trigger")]
    [InlineData("GET", "/api/v1/executions/x/status")]
    [InlineData("GET", "/api/v1/executions/x/logs")]
    public async Task Request_WithoutAKey_IsRefusedBeforeTheBodyIsRead(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = new ByteArrayContent(new byte[2 * 1024 * 1024]); // would be 413
        var reply = await Reply.OfAsync(await app.GraphClient().SendAsync(request));
        Assert.Equal((401, Unauthorized), (reply.Status, reply.Body));
        Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("sk_live_nonsense")]
    [InlineData("tws_live_123456789")]
    [InlineData("")]
    public async Task Request_WithABadKey_IsRefused(string key)
    {
        var client = app.GraphClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        var reply = await Reply.OfAsync(await client.GetAsync("/api/v1/workflows"));
        Assert.Equal((401, Unauthorized), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Request_WithARevokedKey_IsRefusedAtOnce()
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(200, (await practice.GetAsync("/api/v1/workflows")).Status);
        var keys = await app.Get<ListKeys>().RunAsync(practice.Owner);
        await app.Get<RevokeKey>().RunAsync(practice.Owner, keys.Value![0].Id);
        Assert.Equal((401, Unauthorized), ((await practice.GetAsync("/api/v1/workflows")) is var reply ? reply.Status : 0, reply.Body));
    }

    [Theory]
    [InlineData("POST", "/api/v1/workflows", "service.workflows.workflows.manage")]
    [InlineData("DELETE", "/api/v1/workflows/wf_00000000000000000000000000000001", "service.workflows.workflows.manage")]
    [InlineData("POST", "/api/v1/workflows/wf_00000000000000000000000000000001/trigger", "service.workflows.workflows.run")]
    [InlineData("GET", "/api/v1/executions/exe_00000000000000000000000000000001/status", "service.workflows.runs.view")]
    [InlineData("GET", "/api/v1/executions/exe_00000000000000000000000000000001/logs", "service.workflows.runs.view")]
    public async Task Request_WithoutTheScope_NamesIt(string method, string path, string scope)
    {
        var practice = await app.GraphPracticeAsync("service.workflows.workflows.view");
        var content = method == "POST" ? new StringContent(GraphBodies.Small(), Encoding.UTF8, "application/json") : null;
        var reply = await practice.SendAsync(new HttpMethod(method), path, content, null);
        Assert.Equal(403, reply.Status);
        Assert.Equal($$"""{"status":"error","code":"forbidden","message":"The key lacks the scope {{scope}}.","errors":[]}""", reply.Body);
    }

    [Fact]
    public async Task Request_WithAKeyForRunsOnly_CannotListWorkflows()
    {
        var reply = await (await app.GraphPracticeAsync("service.workflows.workflows.run")).GetAsync("/api/v1/workflows");
        Assert.Equal((403,
            """{"status":"error","code":"forbidden","message":"The key lacks the scope service.workflows.workflows.view.","errors":[]}"""),
            (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Request_ForAnotherWorkspacesWorkflow_AnswersAsForAnUnknownOne()
    {
        var (mine, theirs) = (await app.GraphPracticeAsync(), await app.GraphPracticeAsync());
        var id = (await theirs.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        var run = (await theirs.PostAsync($"/api/v1/workflows/{id}/trigger", "{}")).Text("execution_id");
        foreach (var (method, path, unknown) in new[]
        {
            ("POST", $"/api/v1/workflows/{id}/trigger", "/api/v1/workflows/wf_0190aaaabbbbccccddddeeeeffff0001/trigger"),
            ("DELETE", $"/api/v1/workflows/{id}", "/api/v1/workflows/wf_0190aaaabbbbccccddddeeeeffff0001"),
            ("GET", $"/api/v1/executions/{run}/status", "/api/v1/executions/exe_0190aaaabbbbccccddddeeeeffff0001/status"),
            ("GET", $"/api/v1/executions/{run}/logs", "/api/v1/executions/exe_0190aaaabbbbccccddddeeeeffff0001/logs"),
        })
        {
            var foreign = await mine.SendAsync(new HttpMethod(method), path, null, null);
            var absent = await mine.SendAsync(new HttpMethod(method), unknown, null, null);
            Assert.Equal((404, absent.Body), (foreign.Status, foreign.Body));
            Assert.Equal(404, absent.Status);
        }
    }

    [Fact]
    public async Task LiveKey_DoesNotSeeTheSandbox()
    {
        var practice = await app.GraphPracticeAsync();
        await practice.PostAsync("/api/v1/workflows", GraphBodies.Small());
        var client = app.GraphClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await app.KeyAsync(practice.Owner, StudioEnvironment.Live));
        var reply = await Reply.OfAsync(await client.GetAsync("/api/v1/workflows"));
        Assert.Equal(0, reply.Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("GET", "/api/nothing")]
    [InlineData("POST", "/api/v1/workflow")]
    public async Task Request_ForAnUnknownRoute_IsAnsweredInTheDialectsShape(string method, string path)
    {
        var reply = await (await app.GraphPracticeAsync()).SendAsync(new HttpMethod(method), path, null, null);
        Assert.Equal((404, "application/json"), (reply.Status, reply.ContentType));
        Assert.Equal("""{"status":"error","code":"not_found","message":"There is nothing at this address. /reference lists the addresses.","errors":[]}""", reply.Body);
    }
}
