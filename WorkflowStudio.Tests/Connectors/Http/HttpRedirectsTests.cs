using System.Net;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Tests.Connectors.Http;

/// <summary>Where redirects lead, and what goes along.</summary>
public sealed class HttpRedirectsTests
{
    private static readonly string[] Credentials = ["Authorization", "Cookie", "X-Api-Key", "X-Any"];

    [Theory]
    [InlineData(301, "http://a.test/new", true)]
    [InlineData(302, "/new", true)]
    [InlineData(303, "/new", true)]
    [InlineData(307, "//A.test:80/new", true)]
    [InlineData(308, "http://a.test/new", true)]
    [InlineData(301, "http://www.a.test/new", false)]
    [InlineData(302, "http://a.test:8080/new", false)]
    [InlineData(303, "https://a.test/new", false)]
    [InlineData(307, "//b.test/new", false)]
    [InlineData(308, "http://b.test/new", false)]
    public async Task Follow_Headers_GoAlongWithinTheOriginOnly(int status, string location, bool all)
    {
        var wire = new Wire((status, location));
        await wire.SendAsync(Request(HttpMethod.Get, "http://a.test/old"));

        var (_, last) = wire.Seen[^1];
        Assert.Equal(all ? Credentials : [], Credentials.Where(last.Contains));
        Assert.All(["Accept", "Idempotency-Key"], name => Assert.Contains(name, last));
    }

    [Fact]
    public async Task Follow_BackFromAnotherOrigin_BringsNothingBack()
    {
        var wire = new Wire((302, "http://b.test/"), (302, "http://a.test/back"));
        await wire.SendAsync(Request(HttpMethod.Get, "http://a.test/"));

        Assert.Equal("GET http://a.test/back ", wire.Seen[^1].Line);
        Assert.DoesNotContain("X-Api-Key", wire.Seen[^1].Headers);
    }

    [Theory]
    [InlineData(301, "POST", "GET http://a.test/new ")]
    [InlineData(302, "POST", "GET http://a.test/new ")]
    [InlineData(303, "POST", "GET http://a.test/new ")]
    [InlineData(307, "POST", "POST http://a.test/new body")]
    [InlineData(308, "POST", "POST http://a.test/new body")]
    [InlineData(302, "PUT", "PUT http://a.test/new body")]
    [InlineData(303, "PUT", "GET http://a.test/new ")]
    [InlineData(303, "HEAD", "HEAD http://a.test/new ")]
    [InlineData(302, "HEAD", "HEAD http://a.test/new ")]
    public async Task Follow_MethodAndBody_AreAsTheStatusSays(int status, string method, string line)
    {
        var wire = new Wire((status, "/new"));
        var request = Request(new HttpMethod(method), "http://a.test/old");
        if (method is not "HEAD") request.Content = new StringContent("body");
        await wire.SendAsync(request);

        Assert.Equal(line, wire.Seen[^1].Line);
    }

    [Theory]
    [InlineData("http://a.test/", null, "http://a.test/ answered 302, but does not say where to go on.")]
    [InlineData("http://a.test/", "http://[", "http://a.test/ answered 302 and leads on to something that is no address.")]
    [InlineData("http://a.test/", "ftp://a.test/x", "http://a.test/ leads on to an address that begins with ftp:, which cannot be called.")]
    [InlineData("https://a.test/?key=k", "http://a.test/x?key=k",
        "https://a.test/ leads on to http://a.test/x, which is not encrypted, so nothing was sent there.")]
    public async Task Follow_WhereNothingCanBeCalled_SaysSo(string from, string? location, string message)
    {
        var refused = await Assert.ThrowsAsync<CallRefusedException>(
            () => new Wire((302, location)).SendAsync(Request(HttpMethod.Get, from)));

        Assert.Equal("bad_redirect", refused.Code);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ALongChain_IsFollowedToItsEnd()
    {
        var wire = new Wire([.. Enumerable.Range(1, HttpRedirects.Most).Select(n => (302, $"/{n}"))]);

        Assert.Equal(HttpStatusCode.OK, (await wire.SendAsync(Request(HttpMethod.Get, "http://a.test/"))).StatusCode);
    }

    [Fact]
    public async Task Follow_WithoutEnd_NamesTheNumberAndTheLastAddress()
    {
        var wire = new Wire([.. Enumerable.Range(1, 20).Select(n => (302, $"/{n}?key=k"))]);
        var refused = await Assert.ThrowsAsync<CallRefusedException>(() => wire.SendAsync(Request(HttpMethod.Get, "http://a.test/")));

        Assert.Equal(("too_many_redirects", 11), (refused.Code, wire.Seen.Count));
        Assert.StartsWith("a.test leads on and on: 10 redirects were followed, and the next one leads to http://a.test/11.",
            refused.Message, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(HttpMethod method, string url)
    {
        var request = new HttpRequestMessage(method, url);
        foreach (var name in Credentials) request.Headers.TryAddWithoutValidation(name, "secret");
        request.Headers.TryAddWithoutValidation("Accept", "text/csv");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "run/step");
        return request;
    }

    /// <summary>Answers with these redirects, then with 200, and remembers what it was asked.</summary>
    private sealed class Wire(params (int Status, string? Location)[] redirects) : HttpMessageHandler
    {
        public List<(string Line, string[] Headers)> Seen { get; } = [];

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
            new HttpMessageInvoker(new HttpRedirects(this)).SendAsync(request, default);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Seen.Add(($"{request.Method} {request.RequestUri} {body}", [.. request.Headers.NonValidated.Select(h => h.Key)]));
            if (Seen.Count > redirects.Length) return new HttpResponseMessage(HttpStatusCode.OK);
            var (status, location) = redirects[Seen.Count - 1];
            var response = new HttpResponseMessage((HttpStatusCode)status);
            if (location is not null) response.Headers.TryAddWithoutValidation("Location", location);
            return response;
        }
    }
}
