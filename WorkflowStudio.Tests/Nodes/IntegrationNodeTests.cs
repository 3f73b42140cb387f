using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage.Integrations;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>What goes out through stored integrations.</summary>
public sealed class IntegrationNodeTests : IDisposable
{
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
    public async Task Slack_GetsTextAndChannel_AndItsAddressIsShownNowhere()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        var id = await StoreAsync(practice, "slack", $$"""{"webhook_url":"{{server.Url}}/services/T0/S3CRET","channel":"#invoices"}""");
        var call = Call(practice, $$"""{"integration_id":"{{id}}","template":"Invoice processed: 7"}""");
        var output = await call.OutputAsync();
        Assert.Contains("POST /services/T0/S3CRET HTTP/1.1", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key: run/step", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("""{"text":"Invoice processed: 7","channel":"#invoices"}""", server.LastRequest, StringComparison.Ordinal);
        Assert.Equal((200, "slack", false), (output.GetProperty("status").GetInt32(), output.GetProperty("kind").GetString(),
            output.GetProperty("captured").GetBoolean()));
        Assert.DoesNotContain("S3CRET", output.GetRawText() + string.Concat(call.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_GetsTextAndData_ByItsMethodWithItsHeaders()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        var id = await StoreAsync(practice, "webhook", $$"""{"url":"{{server.Url}}/in","method":"put","headers":{"X-Key":"abc"} }""");
        await Call(practice, $$"""{"integration_id":"{{id}}","template":"Hi","data":{"total":7.5} }""").OutputAsync();
        Assert.Contains("PUT /in HTTP/1.1", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("X-Key: abc", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("""{"text":"Hi","data":{"total":7.5}}""", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sandbox_KeepsItInTheOutboxWithoutTheSecretOfItsAddress()
    {
        var id = await StoreAsync(sandbox, "slack", """{"webhook_url":"https://hooks.slack.com/services/T0/S3CRET"}""");
        var output = await Call(sandbox, $$"""{"integration_id":"{{id}}","template":"Hi"}""").OutputAsync();
        Assert.True(output.GetProperty("captured").GetBoolean());
        var kept = Assert.Single((await sandbox.Outbox.ListAsync(sandbox.Tenant, null, null, 10, default)).Items);
        Assert.Equal((MessageChannel.Http, "https://hooks.slack.com/…"), (kept.Channel, kept.To));
        Assert.Contains("""{"text":"Hi"}""", kept.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", kept.To + kept.Subject + kept.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Email_GoesToItsAddress_WithItsOwnTemplateWhereTheStepHasNone()
    {
        var id = await StoreAsync(sandbox, "email", """{"to":"a@example.test","subject":"Read","template":"An invoice came"}""");
        await Call(sandbox, $$"""{"integration_id":"{{id}}"}""").OutputAsync();
        var kept = Assert.Single((await sandbox.Outbox.ListAsync(sandbox.Tenant, null, null, 10, default)).Items);
        Assert.Equal((MessageChannel.Email, "a@example.test", "Read", "An invoice came"), (kept.Channel, kept.To, kept.Subject, kept.Body));
    }

    [Fact]
    public async Task Twice_WithOneEffectKey_IsOneMessage()
    {
        var id = await StoreAsync(sandbox, "email", """{"to":"a@example.test"}""");
        var call = Call(sandbox, $$"""{"integration_id":"{{id}}","template":"Hi"}""");
        Assert.Equal((await call.OutputAsync()).GetRawText(), (await call.OutputAsync()).GetRawText());
        Assert.Single((await sandbox.Outbox.ListAsync(sandbox.Tenant, null, null, 10, default)).Items);
    }

    [Theory]
    [InlineData(500, "server_error", true)]
    [InlineData(429, "too_many_requests", true)]
    [InlineData(404, "unexpected_status", false)]
    public async Task Answer_OtherThan2xx_FailsAsRequestsDo(int status, string code, bool retryable)
    {
        using var server = new LocalServer(_ => LocalServer.Status(status));
        var id = await StoreAsync(practice, "slack", $$"""{"webhook_url":"{{server.Url}}/S3CRET"}""");
        var failed = Assert.IsType<NodeOutcome.Failed>(
            await Call(practice, $$"""{"integration_id":"{{id}}","template":"Hi"}""").RunAsync());
        Assert.Equal((code, retryable), (failed.Code, failed.Retryable));
        Assert.DoesNotContain("S3CRET", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_ThatIsNotThere_OrIsOfOthers_FailsWithWhatToDo()
    {
        var elsewhere = await StoreAsync(sandbox, "email", """{"to":"a@example.test"}""");
        var ofOther = await StoreAsync(practice, "email", """{"to":"a@example.test"}""", practice.Ids.New());
        foreach (var id in new[] { "slack-uuid", elsewhere.ToString(), ofOther.ToString(), practice.Ids.New().ToString() })
        {
            var failed = Assert.IsType<NodeOutcome.Failed>(
                await Call(practice, $$"""{"integration_id":"{{id}}","template":"Hi"}""").RunAsync());
            Assert.Equal("no_integration", failed.Code);
            Assert.Equal($"There is no integration {id} that this workflow may use in the live environment. Choose one in the step, or "
                + $"make it: "
                + "POST /api/workflows/integrations. (Setting: integration_id)", failed.Message);
        }
    }

    [Fact]
    public async Task WithoutAnId_TheOnlyOneOfTheWorkflow_IsTaken()
    {
        Assert.Equal("no_integration", Assert.IsType<NodeOutcome.Failed>(await Call(sandbox, """{"template":"Hi"}""").RunAsync()).Code);
        await StoreAsync(sandbox, "email", """{"to":"any@example.test"}""");
        await StoreAsync(sandbox, "email", """{"to":"own@example.test"}""", sandbox.Tenant.WorkspaceId); // as NodeCall calls its workflow
        await Call(sandbox, """{"template":"Hi"}""").OutputAsync();
        var kept = Assert.Single((await sandbox.Outbox.ListAsync(sandbox.Tenant, null, null, 10, default)).Items);
        Assert.Equal("own@example.test", kept.To);
    }

    [Fact]
    public async Task Text_ThatNobodyHasWritten_FailsWithItsSetting()
    {
        var id = await StoreAsync(practice, "email", """{"to":"a@example.test"}""");
        Assert.Equal("wrong_setting",
            Assert.IsType<NodeOutcome.Failed>(await Call(practice, $$"""{"integration_id":"{{id}}"}""").RunAsync()).Code);
    }

    private NodeCall Call(PracticeFixture at, string settings) => new(
        at, new IntegrationNode(new IntegrationStore(at, new FakeProtector()), new GuardedCalls(http, at.Kept, TimeProvider.System),
            at.Messenger),
        settings);

    private static async Task<Guid> StoreAsync(PracticeFixture at, string kind, string config, Guid? workflowId = null)
    {
        var row = new IntegrationRow
        {
            Id = at.Ids.New(), WorkspaceId = at.Tenant.WorkspaceId, Environment = at.Tenant.Environment, WorkflowId = workflowId,
            Name = "Results", Kind = kind, ProtectedConfig = new FakeProtector().Protect(config),
        };
        await at.Writer.WriteAsync(w =>
        {
            IntegrationStore.Add(w, row);
            return 0;
        });
        return row.Id;
    }
}
