using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Api.Webhooks;

/// <summary>A webhook that takes signed posts alone.</summary>
public abstract class SignatureTests(StudioApp app)
{
    private const string Github = """{"signature":{"scheme":"github","connection":"hub"}}""";
    private const string Body = """{"id":"evt_1","name":"é"}""";

    public static TheoryData<string> Schemes => ["standard", "github", "stripe", "shopify", "header"];

    [Theory, MemberData(nameof(Schemes))]
    public async Task Post_SignedAsAsked_StartsARun(string scheme)
    {
        var (practice, id) = await HookAsync($$$"""
            {"signature":{"scheme":"{{{scheme}}}","connection":"hub","header":"X-Secret"}}
            """, "whsec_c2VjcmV0IG9mIHRoZSBodWI=");

        var signed = await app.DeliverAsync(id, Body, Sign(scheme, "whsec_c2VjcmV0IG9mIHRoZSBodWI="));
        var forged = await app.DeliverAsync(id, Body, Sign(scheme, "whsec_c2VjcmV0IG9mIG90aGVycw=="));
        var bare = await app.DeliverAsync(id, Body);

        Assert.True(signed.Status == 202, signed.Body);
        Assert.Equal((401, "invalid_signature", 401), (forged.Status, forged.Text("code"), bare.Status));
        Assert.Equal(forged.Body, bare.Body); // what differed is not told
        Assert.Equal(1, await practice.RunsAsync());
    }

    [Theory]
    [InlineData("standard", -400)]
    [InlineData("standard", 400)]
    [InlineData("stripe", -400)]
    [InlineData("stripe", 400)]
    public async Task Post_SignedTooLongAgoOrForLater_IsRefused(string scheme, int seconds)
    {
        var (practice, id) = await HookAsync($$$"""{"signature":{"scheme":"{{{scheme}}}","connection":"hub"}}""", "c2VjcmV0");
        var (other, patient) = await HookAsync(
            $$$"""{"signature":{"scheme":"{{{scheme}}}","connection":"hub","tolerance_seconds":600}}""", "c2VjcmV0");

        Assert.Equal(401, (await app.DeliverAsync(id, Body, Sign(scheme, "c2VjcmV0", seconds))).Status);
        Assert.Equal(202, (await app.DeliverAsync(patient, Body, Sign(scheme, "c2VjcmV0", seconds))).Status);
        Assert.Equal((0, 1), (await practice.RunsAsync(), await other.RunsAsync()));
    }

    [Fact]
    public async Task Post_WhoseSignatureIsSentTwice_IsRefused()
    {
        var (_, id) = await HookAsync(Github, "s");
        var header = Sign("github", "s")[0];

        Assert.Equal(401, (await app.DeliverAsync(id, Body, header, header)).Status);
    }

    [Fact]
    public async Task Post_OfBytesThatAreNoJson_IsRefusedForItsSignatureFirst()
    {
        var (_, id) = await HookAsync(Github, "s");
        byte[] bytes = [0xff, 0x00, (byte)'{'];

        Assert.Equal(401, (await app.DeliverAsync(id, bytes, "application/json", [])).Status);
        Assert.Equal(400, (await app.DeliverAsync(id, bytes, "application/json", [Sign("github", "s", body: bytes)[0]])).Status);
    }

    [Fact]
    public async Task Post_ThatIsRefused_IsNoAnswerOfItsDelivery()
    {
        var (practice, id) = await HookAsync(Github, "s");
        Assert.Equal(401, (await app.DeliverAsync(id, Body, "X-GitHub-Delivery: 1", "Idempotency-Key: k")).Status);

        var signed = await app.DeliverAsync(id, Body, [.. Sign("github", "s"), "X-GitHub-Delivery: 1", "Idempotency-Key: k"]);
        var again = await app.DeliverAsync(id, Body, "X-GitHub-Delivery: 1", "Idempotency-Key: k");

        Assert.Equal((202, false, 401, 1), (signed.Status, signed.IsReplayed(), again.Status, await practice.RunsAsync()));
    }

    [Theory]
    [InlineData("standard", "")]
    [InlineData("stripe", "")]
    [InlineData("github", ""","delivery_id":{"field":"id"}""")]
    public async Task Post_ThatSomebodyRepeatsUnderAnotherKey_IsTheSameDelivery(string scheme, string more)
    {
        var (practice, id) = await HookAsync(
            $$$"""{"signature":{"scheme":"{{{scheme}}}","connection":"hub"}{{{more}}}}""", "c2VjcmV0");
        var signed = Sign(scheme, "c2VjcmV0");

        foreach (var key in new[] { "a", "b" })
        {
            string[] headers = [.. signed, $"Idempotency-Key: {key}", $"X-GitHub-Delivery: {key}"];
            Assert.Equal(202, (await app.DeliverAsync(id, Body, headers)).Status);
        }

        // nor under another spelling of the address
        Assert.True(ShownId.TryRead(id, out var workflow));
        foreach (var other in new[] { workflow.ToString(), workflow.ToString("N"), $"a_{workflow:N}", id.ToUpperInvariant(), id + "/" })
            Assert.Equal(202, (await app.DeliverAsync(other, Body, [.. signed])).Status);
        Assert.Equal(1, await practice.RunsAsync());
    }

    [Fact]
    public async Task Secret_ThatIsChanged_CountsAtOnceAndTheOneBeforeWhileItIsKept()
    {
        var (practice, id) = await HookAsync(Github, "one");
        Assert.Equal("202 401 401", await TryAsync());
        await SetAsync(practice, "two", keepOld: true);
        Assert.Equal("202 202 401", await TryAsync());
        await SetAsync(practice, "two", keepOld: true); // who is not sure does it once more
        Assert.Equal("202 202 401", await TryAsync());
        await SetAsync(practice, "three", keepOld: true);
        Assert.Equal("401 202 202", await TryAsync());
        await SetAsync(practice, "three");
        Assert.Equal("401 401 202", await TryAsync());
        Assert.True((await app.Get<RemoveConnection>().RunAsync(practice.Owner, ConnectionKinds.WebhookSecret, "hub")).Ok);
        Assert.Equal("401 401 401", await TryAsync());

        async Task<string> TryAsync()
        {
            var replies = new List<int>();
            foreach (var secret in new[] { "one", "two", "three" })
                replies.Add((await app.DeliverAsync(id, Body, Sign("github", secret))).Status);
            return string.Join(' ', replies);
        }
    }

    [Theory]
    [InlineData(null, "github", "webhook_secret")] // no connection of that name
    [InlineData("no base64!", "standard", "webhook_secret")] // a secret that cannot be its key
    [InlineData("s", "github", "not_signed")]
    public async Task FloodOfForgedPosts_IsOneLineOfTheTriggerLog(string? secret, string scheme, string reason)
    {
        var (practice, id) = await HookAsync($$$"""{"signature":{"scheme":"{{{scheme}}}","connection":"hub"}}""", secret);

        for (var i = 0; i < 20; i++) Assert.Equal(401, (await app.DeliverAsync(id, Body, Sign(scheme, "eA=="))).Status);

        Assert.True(ShownId.TryRead(id, out var workflow));
        var log = (await app.Get<ReadTriggerLog>().RunAsync(practice.Owner, workflow)).Value!.Lines;
        var line = Assert.Single(log);
        Assert.Equal(("webhook", TriggerOutcome.Refused, reason, """{"posts":1,"connection":"hub"}"""),
            (line.Cause, line.Outcome, line.Reason, line.Detail));
        Assert.Equal(0, await practice.RunsAsync());
    }

    [Theory]
    [InlineData("""{"signature":{"connection":"hub"}}""", "trigger.config.signature.scheme", "It is not said how posts are signed.")]
    [InlineData("""{"signature":{"scheme":"github"}}""", "trigger.config.signature.connection", "The signature names no secret")]
    [InlineData("""{"signature":{"scheme":"gitlab","connection":"hub"}}""", "trigger.config.signature.scheme", "How it is signed must be")]
    [InlineData("""{"signature":{"scheme":"{{ x }}","connection":"hub"}}""", "trigger.config.signature.scheme", "How it is signed must be")]
    [InlineData(
        """{"signature":{"scheme":"header","connection":"hub"}}""", "trigger.config.signature.header", "A header has no name.")]
    [InlineData("""{"signature":{"scheme":"stripe","connection":"hub","tolerance_seconds":0}}""",
        "trigger.config.signature.tolerance_seconds", "How old it may be must be at least 1")]
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

    private static string[] Sign(string scheme, string secret, int seconds = 0, byte[]? body = null)
    {
        body ??= Encoding.UTF8.GetBytes(Body);
        var time = TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = Encoding.UTF8.GetBytes(secret);
        return scheme switch
        {
            "standard" => ["webhook-id: msg_1", $"webhook-timestamp: {time}", $"webhook-signature: v1,{Standard()}"],
            "github" => ["X-Hub-Signature-256: sha256=" + Convert.ToHexStringLower(Mac(text, ""))],
            "stripe" => [$"Stripe-Signature: t={time},v1=" + Convert.ToHexStringLower(Mac(text, $"{time}."))],
            "shopify" => ["X-Shopify-Hmac-Sha256: " + Convert.ToBase64String(Mac(text, ""))],
            _ => [$"X-Secret: {secret}"],
        };

        string Standard() => Convert.ToBase64String(
            Mac(Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)), $"msg_1.{time}."));

        byte[] Mac(byte[] key, string before) => HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(before), .. body]);
    }

    private async Task<(TestPractice Practice, string Id)> HookAsync(string config, string? secret)
    {
        var practice = await app.PracticeAsync();
        if (secret is not null) await SetAsync(practice, secret);
        return (practice, await practice.HookAsync(config));
    }

    private async Task SetAsync(TestPractice practice, string secret, bool keepOld = false) =>
        Assert.True((await app.Get<SetConnection>().RunAsync(
            practice.Owner, new Connection(ConnectionKinds.WebhookSecret, "hub", JsonElement.Parse("{}"), secret),
            keepOld ? SecretChange.Add : SecretChange.Replace)).Ok);
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteSignatureTests(StudioApp app) : SignatureTests(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSignatureTests(PostgresServer server) : SignatureTests(server.Studio);
