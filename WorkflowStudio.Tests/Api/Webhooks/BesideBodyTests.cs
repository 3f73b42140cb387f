using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Webhooks;

/// <summary>The query and the headers of a post, beside its body.</summary>
[Collection(StudioAppTests.Name)]
public sealed class BesideBodyTests(StudioApp app)
{
    private const string Query = "?a=1&b=x&b=%C3%A9&c";

    [Theory]
    [InlineData("[]", "{}", """{"n":1}""")]
    [InlineData("""["query"]""", "{}", """{"body":{"n":1},"query":{"a":"1","b":["x","é"],"c":""}}""")]
    [InlineData("""["headers"]""", "{}", """{"body":{"n":1},"headers":{"x-event":"push","x-two":["1","2"]}}""")]
    [InlineData("""["headers","query"]""", "{}",
        """{"body":{"n":1},"query":{"a":"1","b":["x","é"],"c":""},"headers":{"x-event":"push","x-two":["1","2"]}}""")]
    public async Task Payload_HasWhatTheTriggerAsksFor(string include, string more, string payload)
    {
        var run = await PostAsync($$"""{"include":{{include}},"delivery_id":{{more}}}""",
            "X-Event: push", "X-Two: 1", "X-Two: 2", "Authorization: Bearer x", "Cookie: a=b", "X-Hub-Signature: sha1=x",
            "Proxy-Authorization: x", "X-Api-Key: x", "X-Gitlab-Token: x", "X-Shopify-Hmac-Sha256: x", "Client-Secret: x");

        var told = JsonSerializer.SerializeToNode(run.State.Payload)!;
        foreach (var ours in new[] { "host", "content-type", "content-length" }) (told["headers"] as JsonObject)?.Remove(ours);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(payload), JsonSerializer.SerializeToElement(told)), told.ToJsonString());
    }

    [Fact]
    public async Task Payload_NeverHasTheHeaderOfTheSecret()
    {
        var practice = await app.PracticeAsync();
        await app.Get<SetConnection>().RunAsync(
            practice.Owner, new Connection(ConnectionKinds.WebhookSecret, "hub", JsonElement.Parse("{}"), "hush"));
        var run = await PostAsync(
            practice, """{"include":["headers"],"signature":{"scheme":"header","connection":"hub","header":"X-Pass"}}""", "x-pass: hush");

        Assert.DoesNotContain("hush", run.State.Payload.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAWrappedBody_IsAboutWhomTheBodyNames()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync("""{"include":["query"]}""");
        await app.DeliverAsync(id, """{"first_name":"Ana","last_name":"Soto"}""");

        Assert.Equal(1, (await practice.GetAsync("/api/v1/executions?search=Soto")).Json
            .GetProperty("pagination").GetProperty("total").GetInt32());
        Assert.Equal("a@b.test", ContactFields.FromPayload(JsonElement.Parse("""{"body":{"email":"a@b.test"},"query":{}}""")).Email);
    }

    [Fact]
    public async Task Constraints_SeeTheWholePayload()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync("""{"include":["query"]}""", b =>
            b["trigger"]!["constraints"] = JsonNode.Parse("""{"==":[{"var":"data.query.a"},"1"]}"""));

        Assert.Equal("ignored", (await app.DeliverAsync(id, "{}")).Text("status"));
        Assert.NotEqual("ignored", (await app.DeliverAsync(id, "{}"u8.ToArray(), "application/json", [], "?a=1")).Text("status"));
    }

    [Fact]
    public async Task Payload_ThatGrowsOverTheLimit_IsRefused()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync("""{"include":["query"]}""");
        var body = Encoding.UTF8.GetBytes($"\"{new string('x', (1024 * 1024) - 2)}\"");

        Assert.Equal(413, (await app.DeliverAsync(id, body, "application/json", [])).Status);
    }

    [Theory]
    [InlineData("""{"body":{"email":"a@b.test"},"query":{}}""", """{"email":"a@b.test"}""")]
    [InlineData("""{"body":"x"}""", """{"body":"x"}""")]
    [InlineData("""{"body":"x","query":{},"subject":"y"}""", """{"body":"x","query":{},"subject":"y"}""")]
    [InlineData("7", "7")]
    public void BodyOf_APayload_IsWhatWasPosted(string payload, string body) =>
        Assert.Equal(body, PostedPayload.BodyOf(JsonElement.Parse(payload)).GetRawText());

    private async Task<RunView> PostAsync(string config, params string[] headers) =>
        await PostAsync(await app.PracticeAsync(), config, headers);

    private async Task<RunView> PostAsync(TestPractice practice, string config, params string[] headers)
    {
        var id = await practice.HookAsync(config);
        var reply = await app.DeliverAsync(id, """{"n":1}"""u8.ToArray(), "application/json", headers, Query);
        Assert.True(reply.Status == 202, reply.Body);
        Assert.True(ShownId.TryRead(reply.Text("execution_id"), out var run));
        return (await app.Get<RunViews>().ReadAsync(practice.Owner.Tenant, run, default))!;
    }
}
