using System.Text;
using System.Text.Json.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

[Collection(StudioAppTests.Name)]
public sealed class CorsTests(StudioApp app)
{
    private const string Page = "https://texas-web-service.com";
    private const string Refused = """{"status":"error","code":"origin_not_allowed","message":"Pages of this origin may not post here. Add it to the trigger's cors_allowed_origins.","errors":[]}""";

    [Theory]
    [InlineData(Page)]
    [InlineData("*")]
    public async Task Preflight_FromAnAllowedPage_IsAllowed(string allowed)
    {
        var reply = await SendAsync(HttpMethod.Options, Page, allowed);
        Assert.Equal((204, ""), (reply.Status, reply.Body));
        Assert.Equal((Page, "POST, OPTIONS", "Content-Type, Idempotency-Key"), (Header(reply, "Access-Control-Allow-Origin"),
            Header(reply, "Access-Control-Allow-Methods"), Header(reply, "Access-Control-Allow-Headers")));
        Assert.Equal("Origin", Header(reply, "Vary"));
    }

    [Fact]
    public async Task Post_FromAnAllowedPage_StartsARunAndMayBeRead()
    {
        var reply = await SendAsync(HttpMethod.Post, Page, Page);
        Assert.Equal((202, Page), (reply.Status, Header(reply, "Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    public async Task Request_FromAnotherPage_IsRefusedWithoutCorsHeaders(string method)
    {
        var reply = await SendAsync(new HttpMethod(method), "https://texas-web-service.com.evil.test", Page);
        Assert.Equal((403, Refused), (reply.Status, reply.Body));
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task EmptyList_AllowsNoPageButEveryServer()
    {
        Assert.Equal(403, (await SendAsync(HttpMethod.Post, Page)).Status);
        Assert.Equal(202, (await SendAsync(HttpMethod.Post, null)).Status);
    }

    private async Task<Reply> SendAsync(HttpMethod method, string? origin, params string[] allowed)
    {
        var practice = await app.GraphPracticeAsync();
        var made = await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["trigger"]!["config"] = new JsonObject
        { ["cors_allowed_origins"] = new JsonArray([.. allowed.Select(a => JsonValue.Create(a))]) }));
        using var request = new HttpRequestMessage(method, $"/api/v1/webhooks/{made.Text("id")}");
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return await Reply.OfAsync(await app.GraphClient().SendAsync(request));
    }

    private static string? Header(Reply reply, string name) =>
        reply.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
