using System.Text;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>Over real connections.</summary>
public sealed class GuardedPostsTests
{
    [Fact]
    public async Task Post_SendsBytesAndHeadersAsTheyAre()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("thanks"));
        var reply = await PostAsync(server.Url, body: """{"name":"Zoë"}""");
        Assert.Equal((200, "thanks"), (reply.Status, reply.Text));
        Assert.EndsWith("\r\n\r\n{\"name\":\"Zoë\"}", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("webhook-id: evt_1\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_IsAnAnswer()
    {
        using var inner = new LocalServer(_ => LocalServer.Ok("{}"));
        using var outer = new LocalServer(_ => LocalServer.Status(307, $"Location: {inner.Url}\r\n"));
        Assert.Equal(307, (await PostAsync(outer.Url)).Status);
        Assert.Equal(0, inner.Requests);
    }

    [Fact]
    public async Task Answer_ThatIsEndless_IsReadToItsBeginning()
    {
        using var server = new LocalServer(_ => Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 900000000\r\n\r\n" + new string('x', 50_000)));
        var reply = await PostAsync(server.Url);
        Assert.Equal((200, new string('x', IHttpPosts.MaxAnswer)), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task Answer_ThatBreaksOff_CountsAllTheSame()
    {
        using var server = new LocalServer(_ => "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhal");
        Assert.Equal(202, (await PostAsync(server.Url)).Status);
    }

    [Fact]
    public async Task RetryAfter_IsTold()
    {
        using var server = new LocalServer(_ => LocalServer.Status(429, "Retry-After: 120\r\n"));
        Assert.Equal(TimeSpan.FromMinutes(2), (await PostAsync(server.Url)).RetryAfter);
    }

    [Fact]
    public async Task Silence_IsATimeout()
    {
        using var silent = new ManualResetEventSlim();
        using var server = new LocalServer(_ =>
        {
            silent.Wait(EngineHarness.Patience);
            return LocalServer.Ok("");
        });
        var answer = await AnswerAsync(server.Url, "localhost", TimeSpan.FromMilliseconds(1));
        silent.Set();
        Assert.Equal("timeout", answer.Problem?.Code);
    }

    [Theory]
    [InlineData("localhost")] // a name: what it leads to is looked at when the connection is made
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task OwnNetwork_IsNotCalled(string host)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        Assert.Equal("address_not_allowed", (await AnswerAsync($"http://{host}:{server.Port}/", "elsewhere")).Problem?.Code);
        Assert.Equal(0, server.Requests);
    }

    private static async Task<PostReply> PostAsync(string url, string body = "{}")
    {
        var answer = await AnswerAsync(url, "localhost", body: body);
        Assert.True(answer.Has(out var reply, out var problem), problem?.Message);
        return reply;
    }

    private static async Task<Engine.Connectors.Answer<PostReply>> AnswerAsync(
        string url, string allowed, TimeSpan? timeout = null, string body = "{}")
    {
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = [allowed] });
        return await new GuardedPosts(http, TimeProvider.System).PostAsync(
            new HttpPost(new Uri(url), new Dictionary<string, string> { ["webhook-id"] = "evt_1" }, Encoding.UTF8.GetBytes(body),
                timeout ?? EngineHarness.Patience),
            default);
    }
}
