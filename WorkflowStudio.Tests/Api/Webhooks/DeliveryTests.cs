using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Api.Webhooks;

/// <summary>The same delivery twice is one run.</summary>
public abstract class DeliveryTests(StudioApp app)
{
    private const string Body = """{"id":"evt_1","event":{"id":7}}""";
    private const string ByHeader = """{"delivery_id":{"header":"X-My-Id"}}""";
    private const string ByField = """{"delivery_id":{"field":"event.id"}}""";

    [Theory]
    [InlineData("{}", "webhook-id: msg_1")]
    [InlineData("{}", "X-GitHub-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958")]
    [InlineData("{}", "X-Shopify-Webhook-Id: b54557e4")]
    [InlineData("{}", "Stripe-Signature: t=1,v1=00")]
    [InlineData(ByHeader, "x-my-id: é 1")]
    [InlineData(ByField, "X-Other: 1")]
    public async Task Delivery_SentAgain_GetsTheFirstAnswerWhateverItsBody(string config, string header)
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync(config);

        var first = await app.DeliverAsync(id, Body, header);
        var second = await app.DeliverAsync(id, Body.Replace("}}", "},\"try\":2}", StringComparison.Ordinal), header);

        Assert.True(first.Status == 202, first.Body);
        Assert.Equal((202, first.Body, false, true), (second.Status, second.Body, first.IsReplayed(), second.IsReplayed()));
        Assert.Equal(1, await practice.RunsAsync());
    }

    [Theory]
    [InlineData("{}", "X-Request-Id: 1")] // no place that anybody named
    [InlineData("{}", "webhook-id: ")]
    [InlineData(ByHeader, "X-Your-Id: 1")]
    [InlineData("""{"delivery_id":{"field":"event"}}""", "X-Other: 1")] // an object is no id
    public async Task Delivery_WithoutAnId_IsANewOneEachTime(string config, string header)
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync(config);

        foreach (var _ in Enumerable.Range(0, 2)) Assert.False((await app.DeliverAsync(id, Body, header)).IsReplayed());

        Assert.Equal(2, await practice.RunsAsync());
    }

    [Fact]
    public async Task Delivery_OfTheSameWordAsAKeyOrAnotherKindOfId_IsAnother()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync();

        foreach (var header in new[] { "Idempotency-Key: 1", "webhook-id: 1", "X-GitHub-Delivery: 1", "X-Shopify-Webhook-Id: 1" })
            Assert.False((await app.DeliverAsync(id, Body, header)).IsReplayed(), header);

        Assert.Equal(4, await practice.RunsAsync());
    }

    [Fact]
    public async Task Delivery_WithAKeyToo_IsKeptByItsKey()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync();
        Assert.Equal(202, (await app.DeliverAsync(id, Body, "Idempotency-Key: k", "webhook-id: 1")).Status);

        Assert.Equal(422, (await app.DeliverAsync(id, "{}", "Idempotency-Key: k", "webhook-id: 1")).Status);
        Assert.Equal(422, (await app.DeliverAsync(id, Body, "Idempotency-Key: ü", "webhook-id: 1")).Status);
    }

    [Fact]
    public async Task Delivery_OfAnyLength_IsKnownAgain()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync();
        var header = "webhook-id: " + new string('x', 8_000);
        await app.DeliverAsync(id, Body, header);

        Assert.True((await app.DeliverAsync(id, Body, header)).IsReplayed());
        Assert.False((await app.DeliverAsync(id, Body, header + "y")).IsReplayed());
    }

    [Fact]
    public async Task Delivery_ThatWasTurnedAway_IsTakenWhenItComesAgain()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync(change: b => b["status"] = "paused");
        Assert.Equal(409, (await app.DeliverAsync(id, Body, "webhook-id: 1")).Status);
        Assert.Equal(200, (await practice.SendAsync(HttpMethod.Patch, $"/api/v1/workflows/{id}",
            new StringContent("""{"status":"active"}""", System.Text.Encoding.UTF8, "application/json"), null)).Status);

        Assert.Equal(202, (await app.DeliverAsync(id, Body, "webhook-id: 1")).Status);
    }

    [Fact]
    public async Task Delivery_ThatTheConstraintsRefuse_IsRefusedOnce()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync(
            change: b => b["trigger"]!["constraints"] = System.Text.Json.Nodes.JsonNode.Parse("""{"==":[{"var":"data.id"},"no"]}"""));
        var first = await app.DeliverAsync(id, Body, "webhook-id: 1");

        var second = await app.DeliverAsync(id, Body, "webhook-id: 1");

        Assert.Equal((202, "ignored", first.Body, true), (first.Status, first.Text("status"), second.Body, second.IsReplayed()));
    }

    [Fact]
    public async Task Deliveries_AtOnce_MakeOneRun()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.DeliverAsync(id, Body, "webhook-id: 1")));

        Assert.Single(replies.Where(r => r.Status == 202).Select(r => r.Body).Distinct());
        Assert.All(replies.Where(r => r.Status != 202), r => Assert.Equal(
            (409, "request_in_progress", "The same delivery is still being worked on. Send it again in a second."),
            (r.Status, r.Text("code"), r.Text("message"))));
        Assert.Equal(1, await practice.RunsAsync());
    }

    [Theory]
    [InlineData("""{"delivery_id":{"header":"a b"}}""", "trigger.config.delivery_id.header", "The header “a b” has a space in its name.")]
    [InlineData("""{"delivery_id":{"field":"a..b"}}""", "trigger.config.delivery_id.field", "The field is a path such as event.id")]
    [InlineData("""{"delivery_id":"x"}""", "trigger.config.delivery_id", "Number of a delivery must be an object")]
    public async Task Setting_ThatCannotBe_IsRefusedWithItsPlace(string config, string path, string message)
    {
        var practice = await app.PracticeAsync();
        var reply = await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b =>
            b["trigger"]!["config"] = System.Text.Json.Nodes.JsonNode.Parse(config)));

        Assert.Equal(422, reply.Status);
        var error = reply.Json.GetProperty("errors")[0];
        Assert.Equal(path, error.GetProperty("path").GetString());
        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteDeliveryTests(StudioApp app) : DeliveryTests(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDeliveryTests(PostgresServer server) : DeliveryTests(server.Studio);
