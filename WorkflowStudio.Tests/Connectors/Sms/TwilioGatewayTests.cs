using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Connectors.Sms;

public sealed class TwilioGatewayTests
{
    private static readonly Tenant Tenant = new(NewIds.Next(), StudioEnvironment.Live);

    [Fact]
    public async Task Send_AMessage_SaysToFromAndBody()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("""{"sid":"SM123","status":"queued"}"""));
        var answer = await SendAsync(server.Url, "Hey Maria & you: ü 👋");

        Assert.Equal("SM123", answer.Value);
        Assert.StartsWith("POST /2010-04-01/Accounts/AC1/Messages.json ", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("AC1:t0ken"u8)}", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("To=%2B17135550142&From=%2B17135550100&Body=Hey+Maria+%26+you%3A+%C3%BC+%F0%9F%91%8B", server.LastRequest,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "sms_sign_in", false)]
    [InlineData(404, "sms_settings", false)]
    [InlineData(400, "sms_refused", false)]
    [InlineData(429, "sms_later", true)]
    [InlineData(503, "sms_later", true)]
    [InlineData(500, ConnectorProblem.OutcomeUnknown, false)]
    [InlineData(504, ConnectorProblem.OutcomeUnknown, false)]
    public async Task Send_Refused_SaysWhetherAnotherTryHelps(int status, string code, bool retryable)
    {
        using var server = new LocalServer(_ => LocalServer.Status(status, "Retry-After: 120\r\n"));
        var problem = (await SendAsync(server.Url)).Problem!;

        Assert.Equal((code, retryable, retryable ? TimeSpan.FromMinutes(2) : (TimeSpan?)null),
            (problem.Code, problem.Retryable, problem.RetryAfter));
    }

    [Fact]
    public async Task Send_RefusedWithAReason_TellsItInOneLine()
    {
        const string Body = """{"code":21211,"message":"The 'To' number is\nnot valid."}""";
        using var server = new LocalServer(_ => Encoding.UTF8.GetBytes(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}"));

        Assert.Equal("localhost did not take it (400: The 'To' number is not valid). See whether the number can be reached.",
            (await SendAsync(server.Url)).Problem!.Message);
    }

    [Fact]
    public async Task Send_ConnectionClosedWithoutAnAnswer_LeavesTheOutcomeUnknown()
    {
        using var server = new LocalServer(_ => Array.Empty<byte>());

        Assert.Equal(ConnectorProblem.OutcomeUnknown, (await SendAsync(server.Url)).Problem!.Code);
    }

    [Fact]
    public async Task Send_WhereNothingListens_IsTriedAgain()
    {
        var problem = (await SendAsync($"http://localhost:{LocalMail.FreePort()}")).Problem!;

        Assert.Equal(("connection_refused", true), (problem.Code, problem.Retryable));
    }

    [Theory]
    [InlineData("""{"endpoint":"ftp://x","account":"AC1","from":"+1713"}""", "sms_settings")]
    [InlineData("""{"endpoint":"https://x","account":"AC1/../2","from":"+1713"}""", "sms_settings")]
    [InlineData("""{"endpoint":"https://x","account":"AC1"}""", "sms_settings")]
    public void Connection_WithWrongSettings_IsRefused(string settings, string code) => Assert.Equal(
        code, TwilioConnection.Read(new Connection("sms", "x", JsonElement.Parse(settings), "t0ken")).Problem!.Code);

    [Fact]
    public async Task Try_AsksForTheAccountAlone()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));

        var said = await WithAsync(server.Url, g => g.TryAsync(Tenant, Connected(server.Url), default));
        Assert.Equal("localhost knows the account.", said.Value);
        Assert.StartsWith("GET /2010-04-01/Accounts/AC1.json ", server.LastRequest, StringComparison.Ordinal);
    }

    private static Task<Answer<string>> SendAsync(string endpoint, string text = "Hey") =>
        WithAsync(endpoint, g => g.SendAsync(Tenant, "+17135550142", "", text, new EffectSource("k"), default));

    private static async Task<Answer<string>> WithAsync(string endpoint, Func<TwilioGateway, Task<Answer<string>>> work)
    {
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = ["localhost"] });
        var connections = new FakeConnections(ConnectionKinds.Sms, Settings(endpoint), "t0ken");
        return await work(new TwilioGateway(connections, new GuardedCalls(http, null!, TimeProvider.System)));
    }

    private static Connection Connected(string endpoint) =>
        new(ConnectionKinds.Sms, "SMS gateway", JsonElement.Parse(Settings(endpoint)), "t0ken");

    private static string Settings(string endpoint) => $$"""{"endpoint":"{{endpoint}}","account":"AC1","from":"+17135550100"}""";
}
