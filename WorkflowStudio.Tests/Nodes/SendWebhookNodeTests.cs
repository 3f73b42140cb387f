using System.Globalization;
using System.Text.Json;
using StandardWebhooks;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>Webhooks that a step sends.</summary>
public sealed class SendWebhookNodeTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Older = "C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private readonly PracticeFixture practice = new();
    private readonly PracticeFixture sandbox = new(StudioEnvironment.Test);
    private readonly GuardedHttp http = new(new GuardedHttpOptions { AllowedHosts = ["localhost"] });

    public void Dispose()
    {
        http.Dispose();
        practice.Dispose();
        sandbox.Dispose();
    }

    [Fact]
    public async Task Post_IsJsonWithTheEffectKeyAsItsId()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("""{"ok":true}"""));
        var output = await Call(practice, $$"""{"url":"{{server.Url}}/in","body":{"n":[1.50,null]},"headers":{"X-Team":"a"} }""").OutputAsync();
        Assert.StartsWith("POST /in HTTP/1.1", server.LastRequest, StringComparison.Ordinal);
        foreach (var header in new[] { "webhook-id: run/step", "Idempotency-Key: run/step", "X-Team: a", "Content-Type: application/json" })
            Assert.Contains(header, server.LastRequest, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("webhook-signature", server.LastRequest, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("""{"n":[1.50,null]}""", server.LastRequest, StringComparison.Ordinal);
        Assert.Equal((200, """{"ok":true}"""), (output.GetProperty("status").GetInt32(), output.GetProperty("body").GetRawText()));
    }

    [Fact]
    public async Task Post_WithASecret_IsSignedAsStandardWebhooksHasIt_ByTheOlderOneToo()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        await Call(practice, $$"""{"url":"{{server.Url}}","body":{"event":"a"},"secret":"crm","headers":{"webhook-id":"mine"} }""",
            $"{Secret}\n{Older}").OutputAsync();
        var (head, body) = (server.LastRequest.Split("\r\n\r\n")[0], server.LastRequest.Split("\r\n\r\n")[1]);
        var headers = head.Split("\r\n").Skip(1).ToDictionary(
            l => l.Split(':')[0], l => l[(l.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("run/step", headers["webhook-id"]);
        Assert.Equal(practice.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), headers["webhook-timestamp"]);
        // by another hand: the library of Standard Webhooks
        var at = DateTimeOffset.FromUnixTimeSeconds(practice.Clock.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal(
            [new StandardWebhook(Secret).Sign("run/step", at, body), new StandardWebhook(Older).Sign("run/step", at, body)],
            headers["webhook-signature"].Split(' '));
    }

    [Theory]
    [InlineData(503, "server_error", true)]
    [InlineData(429, "too_many_requests", true)]
    [InlineData(408, "timeout", true)]
    [InlineData(400, "unexpected_status", false)]
    [InlineData(304, "unexpected_status", false)]
    public async Task Answer_OtherThan2xx_Fails(int status, string code, bool retryable)
    {
        using var server = new LocalServer(_ => LocalServer.Status(status));
        var failed = Assert.IsType<NodeOutcome.Failed>(await Call(practice, $$"""{"url":"{{server.Url}}"}""").RunAsync());
        Assert.Equal((code, retryable), (failed.Code, failed.Retryable));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not base64!")]
    public async Task Secret_ThatIsNotThereOrNone_FailsAndNothingIsSent(string? secret)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        var failed = Assert.IsType<NodeOutcome.Failed>(
            await Call(practice, $$"""{"url":"{{server.Url}}","secret":"crm"}""", secret).RunAsync());
        Assert.Equal((WorkflowProblemCodes.NoConnection, 0), (failed.Code, server.Requests));
        Assert.EndsWith("under Connections. (Setting: secret)", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sandbox_KeepsItInTheOutbox()
    {
        var output = await Call(sandbox, """{"url":"https://example.test/in","body":{"a":1},"secret":"crm"}""").OutputAsync();
        Assert.True(output.GetProperty("captured").GetBoolean());
        var kept = Assert.Single((await sandbox.Outbox.ListAsync(sandbox.Tenant, null, null, 10, default)).Items);
        Assert.Equal("https://example.test/in", kept.To);
        Assert.EndsWith("""{"a":1}""", kept.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":"ftp://example.test"}""")]
    [InlineData("""{"url":"https://a:b@example.test"}""")]
    [InlineData("""{"url":"https://example.test","headers":{"X-A":"a\r\nX-B: b"}}""")]
    public async Task Address_OrHeader_ThatCannotBe_IsAWrongSetting(string settings) => Assert.Equal(
        WorkflowProblemCodes.WrongSetting, Assert.IsType<NodeOutcome.Failed>(await Call(sandbox, settings).RunAsync()).Code);

    [Fact]
    public void Check_OfASecretInHeaders_Warns() => Assert.Equal(["secret_in_definition"],
        new SendWebhookNode(null!, null!).Check(JsonElement.Parse("""{"url":"https://a.test","headers":{"X-Api-Key":"abc"}}"""))
            .Select(p => p.Code));

    private NodeCall Call(PracticeFixture at, string settings, string? secret = null) => new(
        at, new SendWebhookNode(new GuardedCalls(http, at.Kept, TimeProvider.System), new FakeConnections(
            secret is null ? "none" : ConnectionKinds.WebhookSecret, "{}", secret)), settings);
}
