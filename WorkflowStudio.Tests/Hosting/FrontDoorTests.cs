using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Api;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>Which requests are let in, and what is said to those that are not.</summary>
[Collection(StudioAppTests.Name)]
public sealed class FrontDoorTests(StudioApp app)
{
    private const string Workflows = "/api/v1/workflows";
    private const string Unknown = "This server is not known by the name in the Host header. Use the address that you were given.";

    [Theory]
    [InlineData("/sign-in", "", false)]
    [InlineData("/sign-in", "localhost:99999", false)]
    [InlineData("/sign-in", "localhost:0", false)]
    [InlineData("/sign-in", "a b", false)]
    [InlineData("/sign-in", "evil.test/x", false)]
    [InlineData("/", "-", false)]
    [InlineData("/sign-in", "studio_1:5080", true)]
    [InlineData("/sign-in", "[::1]:5080", true)]
    [InlineData("/health/ready", "", true)]
    [InlineData("/health/x", "", false)] // a page of its own, which cannot be made for no host
    [InlineData("/health/live/x", "", false)]
    public async Task Host_ThatIsNone_IsRefused(string path, string host, bool served)
    {
        var (status, body, type) = await GetAsync(app, path, host);
        Assert.Equal(served ? 200 : 400, status);
        if (!served) Assert.Equal((Unknown, "text/plain; charset=utf-8"), (body, type));
    }

    [Fact]
    public async Task Host_ThatIsNone_IsRefusedByTheApiInItsShape()
    {
        var (status, body, _) = await GetAsync(app, Workflows, "localhost:99999");
        Assert.Equal(400, status);
        Assert.EndsWith($$""","title":"Bad Request","status":400,"detail":"{{Unknown}}","code":"unknown_host"}""", body);
    }

    [Fact]
    public async Task PublicAddress_IsTheOnlyOneThatIsServedAndUsed()
    {
        await using var studio = new StudioApp { Settings = { ["STUDIO_PUBLIC_URL"] = "https://studio.example.org" } };
        Assert.Equal(400, (await GetAsync(studio, "/sign-in", "evil.test")).Status);
        Assert.Equal(400, (await GetAsync(studio, Workflows, "evil.test")).Status);
        Assert.Equal(200, (await GetAsync(studio, "/health/live", "10.1.2.3")).Status); // whoever watches the process asks by any name
        Assert.Equal(200, (await GetAsync(studio, "/sign-in", "127.0.0.1:5080")).Status);
        Assert.Equal(
            "https://studio.example.org/sign-in?returnUrl=%2Fstudio%2Fruns", await RedirectAsync(studio, "studio.example.org:5080", null));
        Assert.Equal(
            "https://studio.example.org/sign-in?returnUrl=%2Fstudio%2Fruns", await RedirectAsync(studio, "127.0.0.1:5080", "203.0.113.7"));
        // somebody at the machine itself
        Assert.Equal("http://127.0.0.1:5080/sign-in?returnUrl=%2Fstudio%2Fruns", await RedirectAsync(studio, "127.0.0.1:5080", null));

        var practice = await studio.PracticeAsync();
        var made = await practice.PostAsync(Workflows, GraphBodies.Small());
        Assert.StartsWith("https://studio.example.org/api/v1/webhooks/", made.Text("webhook_target_url"), StringComparison.Ordinal);
        var started = await practice.PostAsync($"/api/v1/webhooks/{made.Text("id")}", "{}");
        Assert.StartsWith("https://studio.example.org/api/v1/executions/",
            started.Json.GetProperty("trace_endpoints").GetProperty("status").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_blazor/negotiate", "https://evil.test", 403)]
    [InlineData("/_blazor/negotiate", "null", 403)]
    [InlineData("/_blazor/negotiate", "http://localhost:8080", 403)] // another port is another origin, though its pages get the cookie
    [InlineData("/_blazor/negotiate", "http://localhost", 200)]
    [InlineData("/_blazor/negotiate", null, 200)]
    public async Task Circuit_OfAForeignPage_IsRefused(string path, string? origin, int status)
    {
        using var client = await SignedIn.ClientAsync(app);
        Assert.Equal(status, await PostAsync(client, path, origin));
    }

    [Fact]
    public async Task Health_AskedInAnotherWay_IsNoFaultOfTheServer()
    {
        var http = await app.Server.SendAsync(h =>
        {
            (h.Request.Method, h.Request.Path, h.Request.Host) = ("POST", "/health/live", default);
            h.Request.Headers.Accept = "text/html";
        });
        Assert.Equal(400, http.Response.StatusCode);
    }

    [Fact]
    public async Task Circuit_OfAForeignPage_IsToldOnceAMinute()
    {
        var (log, clock) = (new KeptLog(), new MovedClock());
        await using var studio = new StudioApp { Change = s => s.AddSingleton<TimeProvider>(clock).AddLogging(l => l.AddProvider(log)) };
        using var client = studio.CreateClient();
        string[] Told() => [.. log.Lines.Where(l => l.Level == LogLevel.Warning
            && l.Text.Contains("ForeignPages", StringComparison.Ordinal)).Select(l => l.Text)];

        Assert.Equal(403, await PostAsync(client, "/_blazor/negotiate", "https://studio.example.org"));
        Assert.Equal(403, await PostAsync(client, "/_blazor/negotiate", "https://evil.test"));
        Assert.Equal(["WorkflowStudio.Hosting.ForeignPages: A page of https://studio.example.org was refused; this server takes itself for "
            + "http://localhost. If that page is its own, set STUDIO_PUBLIC_URL to the address of the page"], Told());

        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(403, await PostAsync(client, "/_blazor/negotiate", "https://" + new string('e', 5_000)));
        Assert.Equal(2, Told().Length);
        Assert.InRange(Told()[1].Length, 1, 500);
    }

    [Fact]
    public async Task Circuit_OverAWebSocket_IsRefusedForAForeignPage()
    {
        var client = app.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Origin = "https://evil.test";
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.ConnectAsync(new Uri("ws://localhost/_blazor?id=x"), CancellationToken.None));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circuit_BehindAProxy_IsForPagesOfThePublicAddress()
    {
        await using var studio = new StudioApp { Settings = { ["STUDIO_PUBLIC_URL"] = "https://studio.example.org" } };
        using var client = await SignedIn.ClientAsync(studio);
        Assert.Equal(200, await PostAsync(client, "/_blazor/negotiate", "https://studio.example.org")); // the proxy asks for localhost
        Assert.Equal(403, await PostAsync(client, "/_blazor/negotiate", "https://evil.test"));
    }

    [Theory]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/API/nowhere", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("HEAD", "/health/live", 200)]
    [InlineData("HEAD", "/sign-in", 200)]
    [InlineData("HEAD", "/", 302)]
    [InlineData("HEAD", "/studio/runs", 302)]
    [InlineData("GET", "/workflows/nowhere", 401)]
    [InlineData("POST", "/workflows", 401)]
    [InlineData("HEAD", "/metrics", 404)]
    [InlineData("POST", "/health/live", 405)]
    [InlineData("OPTIONS", "/sign-in", 405)]
    [InlineData("OPTIONS", "/api/v1/workflows", 405)]
    public async Task Method_AndAddress_AreAnsweredWithoutASignIn(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var reply = await Reply.OfAsync(await SignedIn.Browser(app).SendAsync(request));
        Assert.Equal(status, reply.Status);
        if (ApiSetup.Serves(path)) Assert.StartsWith("application/", reply.ContentType, StringComparison.Ordinal); // no page
        if (method == "HEAD") Assert.Empty(reply.Body);
    }

    [Theory]
    [InlineData("/", "/studio")]
    [InlineData("/?range=90", "/studio?range=90")]
    [InlineData("/workflows", "/studio/workflows")]
    [InlineData("/workflows/wf_1/editor", "/studio/workflows/wf_1/editor")]
    [InlineData("/runs/exe_1?a=b%20c", "/studio/runs/exe_1?a=b%20c")]
    [InlineData("/Runs", "/studio/Runs")]
    [InlineData("/approvals", "/studio/approvals")]
    [InlineData("/workflows//evil.test", "/studio/workflows//evil.test")]
    [InlineData("/workflows/%0d%0aX: y", "/studio/workflows/%0D%0AX:%20y")]
    public async Task FormerAddress_LeadsABrowserToItsPage(string former, string page)
    {
        var reply = await NavigateAsync(former, key: null);
        Assert.Equal((302, page), (reply.Status, reply.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/approvals/none", null, 404)] // a page for people without an account
    [InlineData("/runsome", null, 404)]
    [InlineData("/workflows", "Bearer none", 401)] // a program, whatever it says of itself
    public async Task AddressThatIsNoFormerOne_StaysWhereItIs(string path, string? key, int status) =>
        Assert.Equal(status, (await NavigateAsync(path, key)).Status);

    [Fact]
    public async Task UnknownPage_IsAPageForPeople()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "Accept", "text/html" } } };
        var reply = await Reply.OfAsync(await SignedIn.Browser(app).SendAsync(request));
        Assert.Equal(404, reply.Status);
        Assert.Contains("There is nothing at this address", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_LoadWholeUntilTheirCircuitStands() =>
        Assert.Contains("<body data-enhance-nav=\"false\">", await app.CreateClient().GetStringAsync("/sign-in"), StringComparison.Ordinal);

    private async Task<Reply> NavigateAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        { Headers = { { "Accept", "text/html" }, { "Sec-Fetch-Mode", "navigate" } } };
        if (key is not null) request.Headers.Add("Authorization", key);
        return await Reply.OfAsync(await SignedIn.Browser(app).SendAsync(request));
    }

    private static async Task<int> PostAsync(HttpClient client, string path, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path + "?negotiateVersion=1");
        if (origin is not null) request.Headers.Add("Origin", origin);
        return (int)(await client.SendAsync(request)).StatusCode;
    }

    private static async Task<(int Status, string Body, string? Type)> GetAsync(StudioApp studio, string path, string host)
    {
        var http = await studio.Server.SendAsync(
            h => (h.Request.Method, h.Request.Scheme, h.Request.Path, h.Request.Host) = ("GET", "http", path, new HostString(host)));
        using var reader = new StreamReader(http.Response.Body);
        return (http.Response.StatusCode, await reader.ReadToEndAsync(), http.Response.ContentType);
    }

    private static async Task<string> RedirectAsync(StudioApp studio, string host, string? forwardedFor)
    {
        var http = await studio.Server.SendAsync(h =>
        {
            (h.Request.Method, h.Request.Scheme, h.Request.Path, h.Request.Host) = ("GET", "http", StudioUrls.Runs, new HostString(host));
            h.Connection.RemoteIpAddress = IPAddress.Loopback;
            if (forwardedFor is not null) h.Request.Headers["X-Forwarded-For"] = forwardedFor;
        });
        return http.Response.Headers.Location.ToString();
    }
}
