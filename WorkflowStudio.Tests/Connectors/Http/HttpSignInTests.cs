using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Http;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Connectors.Http;

/// <summary>How calls sign in with a connection: header, password, and tokens that are given for a time.</summary>
public sealed class HttpSignInTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly GuardedHttp http = new(new GuardedHttpOptions { AllowedHosts = ["localhost"] });
    private readonly List<string> asked = [];
    private readonly LocalServer server;
    private Func<int, string> token = n => LocalServer.Ok($$"""{"access_token":"t{{n}}","token_type":"Bearer","expires_in":3600}""");
    private Func<string, string> api = _ => LocalServer.Ok("{}");
    private int tokens;

    public HttpSignInTests() => server = new LocalServer(request =>
    {
        asked.Add(request);
        return request.StartsWith("POST /token", StringComparison.Ordinal) ? token(++tokens) : api(request);
    });

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
        practice.Dispose();
    }

    [Fact]
    public async Task Password_GoesAsBasic()
    {
        var header = await SignIn().HeaderAsync(practice.Tenant, Connected("""{"auth":"basic","user":"désk"}""", "pä:ss"), default);
        Assert.Equal(("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("désk:pä:ss"))), header.Value);
    }

    [Fact]
    public async Task Token_IsAskedForOnce_AndAnewBeforeItExpires()
    {
        var signIn = SignIn();
        var connection = Connected(OAuth, "s e+cret");
        Assert.Equal("Bearer t1", (await signIn.HeaderAsync(practice.Tenant, connection, default)).Value.Value);
        Assert.Equal("Bearer t1", (await signIn.HeaderAsync(practice.Tenant, connection, default)).Value.Value);
        practice.Clock.Advance(TimeSpan.FromSeconds(3_571));
        Assert.Equal("Bearer t2", (await signIn.HeaderAsync(practice.Tenant, connection, default)).Value.Value);

        Assert.EndsWith("grant_type=client_credentials&scope=a+b", asked[0], StringComparison.Ordinal);
        Assert.Contains($"Basic {Convert.ToBase64String("me:s+e%2Bcret"u8)}\r\n", asked[0], StringComparison.Ordinal);
        // another secret is another client
        Assert.Equal("Bearer t3", (await signIn.HeaderAsync(practice.Tenant, connection with { Secret = "new" }, default)).Value.Value);
    }

    [Fact]
    public async Task Token_InTheSandbox_IsNeverAskedFor()
    {
        var sandbox = practice.Tenant with { Environment = StudioEnvironment.Test };
        Assert.Equal("Bearer sandbox", (await SignIn().HeaderAsync(sandbox, Connected(OAuth, "s"), default)).Value.Value);
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"unknown\nclient"}""", "token_refused", false,
        "localhost gave no token for the connection crm (401: invalid_client, unknown client).")]
    [InlineData(503, "<html>", "token_refused", true, "localhost gave no token for the connection crm (503).")]
    [InlineData(200, "<html>", "token_answer", false, "localhost answered something that is no bearer token")]
    [InlineData(200, """{"access_token":"a\r\nb"}""", "token_answer", false, "localhost answered something that is no bearer token")]
    [InlineData(200, """{"access_token":"a","token_type":"mac"}""", "token_answer", false, "localhost answered something")]
    public async Task Token_ThatIsNotGiven_SaysWhy(int status, string body, string code, bool again, string words)
    {
        token = _ => LocalServer.Ok(body).Replace("200 OK", $"{status} Answer", StringComparison.Ordinal);
        var problem = (await SignIn().HeaderAsync(practice.Tenant, Connected(OAuth, "s3cret"), default)).Problem!;
        Assert.Equal((code, again), (problem.Code, problem.Retryable));
        Assert.StartsWith(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_WhoseTokenWasTakenBack_AsksForAnotherOnce()
    {
        api = request => request.Contains("Bearer t2", StringComparison.Ordinal)
            ? LocalServer.Ok("""{"ok":true}""")
            : LocalServer.Status(401);
        var node = Node();
        Assert.IsType<NodeOutcome.Completed>(await new NodeCall(practice, node, """{"url":"/leads","connection":"crm"}""").RunAsync());
        Assert.Equal(2, asked.Count(r => r.StartsWith("GET /leads", StringComparison.Ordinal)));

        // a server that lets nobody in is not asked for ever
        asked.Clear();
        api = _ => LocalServer.Status(401);
        Assert.IsType<NodeOutcome.Failed>(await new NodeCall(practice, node, """{"url":"/leads","connection":"crm"}""").RunAsync());
        Assert.Equal(2, asked.Count(r => r.StartsWith("GET /leads", StringComparison.Ordinal)));
    }

    private string OAuth => $$"""
        {"auth":"oauth2","endpoint":"{{server.Url}}","tokenUrl":"{{server.Url}}/token","clientId":"me","scope":"a b"}
        """;

    private static Connection Connected(string settings, string secret) =>
        new(ConnectionKinds.Http, "crm", JsonElement.Parse(settings), secret);

    private HttpSignIn SignIn() => new(new GuardedCalls(http, practice.Kept, TimeProvider.System), practice.Clock);

    private HttpRequestNode Node()
    {
        var calls = new GuardedCalls(http, practice.Kept, TimeProvider.System);
        return new HttpRequestNode(
            calls, new FakeConnections(ConnectionKinds.Http, OAuth, "s3cret"), new HttpSignIn(calls, practice.Clock));
    }
}
