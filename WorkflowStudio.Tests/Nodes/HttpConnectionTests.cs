using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>HTTP requests with a stored connection: whom its secret reaches, and whom never.</summary>
public sealed class HttpConnectionTests
{
    private const string Secret = "Bearer s3cret-token";

    [Theory]
    [InlineData("""{"url":"https://a.test","secret_headers":{"X-Any":"abc"}}""", "secret_headers.X-Any")]
    [InlineData("""{"url":"https://a.test","headers":{"authorization":"Bearer abc"}}""", "headers.authorization")]
    [InlineData("""{"url":"https://a.test","headers":{"X-Api-Key":"abc"}}""", "headers.X-Api-Key")]
    [InlineData("""{"url":"https://a.test","headers":{"Accept":"text/csv","Authorization":"{{ $vars.token }}","X-Auth-Token":""}}""", null)]
    public void Check_ASecretThatStandsInTheWorkflow_IsWarnedOf(string settings, string? path)
    {
        var problems = new HttpRequestNode(null!, null!, null!).Check(JsonElement.Parse(settings));
        Assert.Equal(path is null ? [] : [("secret_in_definition", path, ProblemSeverity.Warning)],
            problems.Select(p => (p.Code, p.Path, p.Severity)));
    }

    [Theory]
    [InlineData("/leads", "GET /v1/leads HTTP/1.1")]
    [InlineData("leads?x=1", "GET /v1/leads?x=1 HTTP/1.1")]
    [InlineData("SERVER/other", "GET /other HTTP/1.1")]
    public async Task Execute_WithAConnection_SendsItsHeaderToItsHost(string url, string line)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var practice = await ConnectedAsync(server.Url + "/v1");

        Assert.IsType<NodeOutcome.Completed>(
            await RunAsync(practice, $$"""{"url":"{{url.Replace("SERVER", server.Url, StringComparison.Ordinal)}}","connection":"crm"}"""));

        Assert.StartsWith(line, server.LastRequest, StringComparison.Ordinal);
        Assert.Contains($"X-Api-Key: {Secret}\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_AnAddressOfAnotherHost_SendsNothing()
    {
        using var other = new LocalServer(_ => LocalServer.Ok("{}"));
        using var practice = await ConnectedAsync("https://crm.example.com");

        var failed = Assert.IsType<NodeOutcome.Failed>(await RunAsync(practice, $$"""{"url":"{{other.Url}}/x","connection":"crm"}"""));

        Assert.Equal(("other_host", 0), (failed.Code, other.Requests));
        Assert.Contains("The connection crm is for https://crm.example.com", failed.Message, StringComparison.Ordinal);
        Assert.Contains("(Setting: url)", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":"/x","connection":"crm"}""")]
    [InlineData("""{"url":"SERVER/x","secret_headers":{"X-Token":"abcdef"} }""")]
    public async Task Execute_ARedirectToAnotherHost_IsNotFollowed(string settings)
    {
        using var other = new LocalServer(_ => LocalServer.Ok("{}"));
        using var server = new LocalServer(_ => LocalServer.Status(302, $"Location: {other.Url}/x\r\n"));
        using var practice = await ConnectedAsync(server.Url);

        var failed = Assert.IsType<NodeOutcome.Failed>(
            await RunAsync(practice, settings.Replace("SERVER", server.Url, StringComparison.Ordinal)));

        Assert.Equal(("redirect_elsewhere", 0), (failed.Code, other.Requests));
    }

    [Fact]
    public async Task Execute_ARedirectOnTheSameHost_IsFollowed()
    {
        using var server = new LocalServer(request => request.StartsWith("GET /old", StringComparison.Ordinal)
            ? LocalServer.Status(307, "Location: /new\r\n")
            : LocalServer.Ok("{}"));
        using var practice = await ConnectedAsync(server.Url);

        Assert.IsType<NodeOutcome.Completed>(await RunAsync(practice, """{"url":"/old","connection":"crm"}"""));

        Assert.StartsWith("GET /new", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains($"X-Api-Key: {Secret}\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_AConnectionThatIsNotThere_SaysWhereAndHow()
    {
        using var practice = await ConnectedAsync("https://crm.example.com");

        var failed = Assert.IsType<NodeOutcome.Failed>(await RunAsync(practice, """{"url":"https://x.example.com","connection":"erp"}"""));

        Assert.Equal("no_connection", failed.Code);
        Assert.Contains("make it under Connections. (Setting: connection)", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":"/leads","connection":"crm","method":"POST","body":{"a":1} }""", "http://crm.example.com/v1/leads")]
    [InlineData("""{"url":"https://erp.example.com/x","connection":"erp","method":"POST","body":{"a":1} }""", "https://erp.example.com/x")]
    public async Task Execute_InTheSandbox_KeepsNoSecretInTheOutbox(string settings, string to)
    {
        using var practice = await ConnectedAsync("http://crm.example.com/v1", StudioEnvironment.Test);

        Assert.IsType<NodeOutcome.Completed>(await RunAsync(practice, settings));

        var kept = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, MessageChannel.Http, null, 9, default)).Items);
        Assert.Equal(to, kept.To);
        Assert.DoesNotContain("s3cret", kept.Body + kept.Subject, StringComparison.Ordinal);
    }

    private static async Task<PracticeFixture> ConnectedAsync(string endpoint, StudioEnvironment environment = StudioEnvironment.Live)
    {
        var practice = new PracticeFixture(environment);
        await using var db = practice.CreateDbContext();
        foreach (var (name, at, secret) in new[] { ("crm", endpoint, Secret), ("other", "https://other.example.com", "zzzzzz") })
        {
            db.Connections.Add(new ConnectionRow
            {
                Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = environment, Kind = "http", Name = name,
                Settings = JsonSerializer.Serialize(new { endpoint = at, header = "X-Api-Key" }),
                ProtectedSecret = new FakeProtector().Protect(secret), CreatedAt = practice.Clock.GetUtcNow(),
            });
        }

        await db.SaveChangesAsync();
        return practice;
    }

    private static async Task<NodeOutcome> RunAsync(PracticeFixture practice, string settings)
    {
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = ["localhost"] });
        var calls = new GuardedCalls(http, practice.Kept, TimeProvider.System);
        return await new NodeCall(practice, new HttpRequestNode(
            calls, new ConnectionStore(practice, new FakeProtector()), new HttpSignIn(calls, TimeProvider.System)), settings).RunAsync();
    }
}
