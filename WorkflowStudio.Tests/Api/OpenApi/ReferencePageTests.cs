using System.Net;
using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>The reference: a page of this server, which asks no other.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class ReferencePageTests(StudioApp app)
{
    [Fact]
    public async Task Page_NamesNoOtherHostAndAllDialects()
    {
        using var client = app.CreateClient();
        var page = await client.GetStringAsync("/reference/");
        Assert.DoesNotMatch(Foreign(), page);
        foreach (var name in new[] { "graph", "sequences", "services", "documents", "blocks", "practice" })
            Assert.Contains($"openapi/{name}.json", page, StringComparison.Ordinal);
        Assert.Contains("\"withDefaultFonts\":false", page, StringComparison.Ordinal);
        Assert.Contains("\"telemetry\":false", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"proxyUrl\":\"h", page, StringComparison.Ordinal);
        Assert.Matches("\"agent\":\\{\"disabled\":true", page);
    }

    [Fact]
    public async Task Page_RunsItsOwnScriptAloneAndChangesNothingElseOfThePolicy()
    {
        using var client = app.CreateClient();
        using var one = await client.GetAsync("/reference/graph");
        using var two = await client.GetAsync("/reference/graph");
        using var other = await client.GetAsync("/sign-in");
        var (policy, usual) = (Policy(one), Policy(other));
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.NotEqual(nonce, Nonce().Match(Policy(two)).Groups[1].Value);
        Assert.Equal(usual, policy.Replace($" 'nonce-{nonce}'", "", StringComparison.Ordinal));
        var scripts = Script().Matches(await one.Content.ReadAsStringAsync());
        Assert.NotEmpty(scripts);
        Assert.All(scripts, s =>
            Assert.Contains($"nonce=\"{nonce}\"", s.Value, StringComparison.Ordinal));
        Assert.Equal("no-store", one.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Scripts_ComeFromHere()
    {
        using var client = app.CreateClient();
        foreach (var script in new[] { "scalar.js", "scalar.aspnetcore.js" })
        {
            using var answer = await client.GetAsync($"/reference/{script}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task DocumentThatIsNone_IsNotFound()
    {
        using var client = app.CreateClient();
        using var answer = await client.GetAsync("/reference/nosuch");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>People read what to do, as at every address where nothing is.</summary>
    [Fact]
    public async Task DocumentThatIsNone_IsThePageOfWhatIsNotThere()
    {
        using var client = app.CreateClient();
        var usual = await ReadAsync("/nosuch");
        Assert.Equal(usual, await ReadAsync("/reference/nosuch"));
        Assert.NotEmpty(usual.Heading);

        async Task<(HttpStatusCode Status, string Heading)> ReadAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Accept", "text/html");
            using var answer = await client.SendAsync(request);
            var page = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, Heading().Match(page).Value);
        }
    }

    [Fact]
    public async Task SignIn_LeadsThere()
    {
        using var client = app.CreateClient();
        Assert.Contains("<a href=\"/reference\"", await client.GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }

    /// <summary>Services take nothing from pages but from this one.</summary>
    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("http://localhost:81", HttpStatusCode.Forbidden)]
    [InlineData("https://localhost", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Services_AreTriedFromThisServerAlone(string origin, HttpStatusCode expected)
    {
        var practice = await app.PracticeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/services/workflows/workflows");
        request.Headers.Add("Origin", origin);
        using var answer = await practice.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();

    [GeneratedRegex("<h1.*?</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("https?:|//[a-z]")]
    private static partial Regex Foreign();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
