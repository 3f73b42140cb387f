using System.Net.Http.Headers;
using System.Text;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

/// <summary>ETag, If-Match and If-None-Match.</summary>
[Collection(StudioAppTests.Name)]
public sealed class PreconditionTests(StudioApp app)
{
    [Fact]
    public async Task Workflow_ThatTheClientHasAlready_IsNotSentAgain()
    {
        var (practice, path) = await MadeAsync();
        var first = await practice.GetAsync(path);
        var tag = first.Headers.ETag!.ToString();
        Assert.Matches("^\"\\d+\"$", tag);
        foreach (var known in new[] { tag, $"\"x\", W/{tag}", "*" })
        {
            var again = await AskAsync(practice, HttpMethod.Get, path, "If-None-Match", known);
            Assert.Equal((304, "", tag), (again.Status, again.Body, again.Headers.ETag!.ToString()));
        }

        Assert.Equal(200, (await AskAsync(practice, HttpMethod.Get, path, "If-None-Match", "\"x\"")).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Change_OfAnotherStateThanTheOneThatWasRead_IsRefusedAndChangesNothing(string method)
    {
        var (practice, path) = await MadeAsync();
        var tag = (await practice.GetAsync(path)).Headers.ETag!.ToString();
        var changed = await AskAsync(practice, new HttpMethod(method), path, "If-Match", tag, Named("Two"));
        Assert.Equal((200, "updated"), (changed.Status, changed.Text("status")));
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        foreach (var stale in new[] { tag, $"W/{changed.Headers.ETag}", "\"\"" })
        {
            var late = await AskAsync(practice, new HttpMethod(method), path, "If-Match", stale, Named("Three"));
            Assert.Equal((412, "precondition_failed"), (late.Status, late.Text("code")));
        }

        Assert.Equal("Two", (await practice.GetAsync(path)).Json.GetProperty("workflow").GetProperty("name").GetString());
        var any = await AskAsync(practice, new HttpMethod(method), path, "If-Match", "*", Named("Four"));
        Assert.Equal(200, any.Status);
        var broken = await AskAsync(practice, new HttpMethod(method), path, "If-Match", "one", Named("Five"));
        Assert.Equal((422, "invalid_if_match"), (broken.Status, broken.Text("code")));
    }

    [Fact]
    public async Task EveryChange_GivesAnotherTag()
    {
        var (practice, path) = await MadeAsync();
        var tags = new HashSet<string> { (await practice.GetAsync(path)).Headers.ETag!.ToString() };
        foreach (var body in new[]
        { """{"name":"B"}""", """{"description":"B"}""", """{"status":"paused"}""", """{"trigger":{"type":"manual"}}""" })
        {
            var content = new StringContent(body, Encoding.UTF8, "application/json");
            var changed = await practice.SendAsync(HttpMethod.Patch, path, content, null);
            Assert.True(changed.Status == 200, changed.Body);
            Assert.True(tags.Add(changed.Headers.ETag!.ToString()), body);
            Assert.Equal(changed.Headers.ETag, (await practice.GetAsync(path)).Headers.ETag);
        }
    }

    [Fact]
    public async Task Answer_TellsHowMuchTheKeyMayStillAsk()
    {
        var practice = await app.GraphPracticeAsync();
        var reply = await practice.GetAsync("/api/v1/workflows");
        var (limit, left) = (Number(reply, "X-RateLimit-Limit"), Number(reply, "X-RateLimit-Remaining"));
        Assert.InRange(left, 0, limit - 1);
        Assert.InRange(Number(reply, "X-RateLimit-Reset"), 1_700_000_000, 9_999_999_999);
    }

    private static long Number(Reply reply, string header) =>
        long.Parse(reply.Headers.GetValues(header).Single(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Named(string name) => GraphBodies.Small(b => b["name"] = name);

    private async Task<(TestPractice Practice, string Path)> MadeAsync()
    {
        var practice = await app.GraphPracticeAsync();
        var made = await practice.PostAsync("/api/v1/workflows", Named("One"));
        return (practice, "/api/v1/workflows/" + made.Text("id"));
    }

    private static async Task<Reply> AskAsync(
        TestPractice practice, HttpMethod method, string path, string header, string value, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation(header, value);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await Reply.OfAsync(await practice.Client.SendAsync(request));
    }
}
