using System.Text;
using Microsoft.AspNetCore.Http;
using WorkflowStudio.Api;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

[Collection(StudioAppTests.Name)]
public sealed class IdempotencyTests(StudioApp app)
{
    private const string Path = "/api/v1/workflows";

    [Fact]
    public async Task SameKeyAndBody_GetsTheFirstAnswerAgain()
    {
        var practice = await app.GraphPracticeAsync();
        var first = await practice.PostAsync(Path, GraphBodies.Small(), "k1");
        var second = await practice.PostAsync(Path, GraphBodies.Small(), "\"k1\"");
        Assert.Equal((201, first.Body, first.Headers.Location), (second.Status, second.Body, second.Headers.Location));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(1, await TotalAsync(practice));
    }

    [Fact]
    public async Task StoredAnswer_CarriesTheAddressOfWhoeverAsks()
    {
        var practice = await app.GraphPracticeAsync();
        var first = await CreateAsync("evil.test");
        var second = await CreateAsync("studio.test");
        Assert.StartsWith("http://evil.test/api/v1/webhooks/", first.Text("webhook_target_url"), StringComparison.Ordinal);
        Assert.Equal((first.Body.Replace("evil.test", "studio.test", StringComparison.Ordinal), true),
            (second.Body, second.Headers.Contains("Idempotency-Replayed")));

        async Task<Reply> CreateAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{host}{Path}"))
            { Content = new StringContent(GraphBodies.Small(), Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "k1");
            return await Reply.OfAsync(await practice.Client.SendAsync(request));
        }
    }

    [Fact]
    public async Task SameKeyAndAnotherBody_IsRefused()
    {
        var practice = await app.GraphPracticeAsync();
        await practice.PostAsync(Path, GraphBodies.Small(), "k1");
        var reply = await practice.PostAsync(Path, GraphBodies.Small(b => b["name"] = "Other"), "k1");
        Assert.Equal((422, """{"status":"error","code":"idempotency_key_conflict","message":"This Idempotency-Key was used with another body. Use a new key for a new request.","errors":[]}"""), (reply.Status, reply.Body));
        Assert.Equal(1, await TotalAsync(practice));
    }

    [Fact]
    public async Task SameKey_InAnotherWorkspaceOrOnAnotherPath_IsAnotherRequest()
    {
        var (one, two) = (await app.GraphPracticeAsync(), await app.GraphPracticeAsync());
        var a = (await one.PostAsync(Path, GraphBodies.Small(), "k1")).Text("id");
        var b = (await two.PostAsync(Path, GraphBodies.Small(), "k1")).Text("id");
        Assert.NotEqual(a, b);
        Assert.Equal(202, (await one.PostAsync($"{Path}/{a}/trigger", GraphBodies.Small(), "k1")).Status);
    }

    [Fact]
    public async Task ManyAtOnce_DoItOnce()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync(Path, GraphBodies.Small())).Text("id");
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => practice.PostAsync($"{Path}/{id}/trigger", "{}", "race")));
        var done = replies.Where(r => r.Status == 202).ToList();
        Assert.Single(done.Select(r => r.Body).Distinct());
        foreach (var reply in replies.Except(done))
        {
            Assert.Equal((409, """{"status":"error","code":"request_in_progress","message":"The first request with this Idempotency-Key is still being worked on. Ask again in a second.","errors":[]}"""), (reply.Status, reply.Body));
            Assert.Equal("1", reply.Headers.RetryAfter!.ToString());
        }

        Assert.Equal(done[0].Body, (await practice.PostAsync($"{Path}/{id}/trigger", "{}", "race")).Body);
    }

    [Fact]
    public async Task FailedValidation_IsNotStored()
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(422, (await practice.PostAsync(Path, "{}", "k1")).Status);
        Assert.Equal(400, (await practice.PostAsync(Path, "{", "k1")).Status);
        Assert.Equal(201, (await practice.PostAsync(Path, GraphBodies.Small(), "k1")).Status);
    }

    [Fact]
    public async Task Refusal_OfAPausedWorkflow_IsStored()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync(Path, GraphBodies.Small(b => b["status"] = "paused"))).Text("id");
        var first = await practice.PostAsync($"{Path}/{id}/trigger", "{}", "k1");
        var second = await practice.PostAsync($"{Path}/{id}/trigger", "{}", "k1");
        Assert.Equal((409, first.Body), (second.Status, second.Body));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Refusal_AfterAnAnswerWasMade_IsStored()
    {
        var practice = await app.GraphPracticeAsync();
        var call = new ApiCall
        {
            Http = new DefaultHttpContext { Request = { Path = "/api/v1/late" } },
            Dialect = GraphDialect.Instance,
            Caller = practice.Owner,
            IdempotencyKey = "k1",
        };
        var refusal = new ApiAnswer(409, "{}"u8.ToArray());

        // the run ended after the answer was made and before it was asked, so the operation stored neither
        var first = await RunAsync(c =>
        {
            Assert.NotNull(c.Record!(new ApiAnswer(202, "{}"u8.ToArray())));
            return Task.FromResult(refusal);
        });
        var second = await RunAsync(_ => throw new InvalidOperationException("Asked twice."));

        Assert.Equal((409, false, 409, true), (first.Status, first.Replayed, second.Status, second.Replayed));

        Task<ApiAnswer> RunAsync(Func<ApiCall, Task<ApiAnswer>> handler) => app.Get<Idempotency>().RunAsync(call, handler, default);
    }

    [Fact]
    public async Task Webhook_TakesAKeyToo()
    {
        var practice = await app.GraphPracticeAsync();
        var id = (await practice.PostAsync(Path, GraphBodies.Small())).Text("id");
        var bodies = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/webhooks/{id}")
            { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "k1");
            bodies.Add((await Reply.OfAsync(await app.GraphClient().SendAsync(request))).Body);
        }

        Assert.Equal(bodies[0], bodies[1]);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("é")]
    [InlineData("\"\"")]
    public async Task KeyThatIsNotVisibleText_IsRefused(string key)
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, GraphBodies.Small(), key);
        Assert.Equal((422, """{"status":"error","code":"invalid_idempotency_key","message":"An Idempotency-Key has 1 to 255 visible characters.","errors":[]}"""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task KeyOf256Characters_IsRefused() =>
        Assert.Equal(422, (await (await app.GraphPracticeAsync()).PostAsync(Path, GraphBodies.Small(), new string('k', 256))).Status);

    private static async Task<int> TotalAsync(TestPractice practice) =>
        (await practice.GetAsync(Path)).Json.GetProperty("pagination").GetProperty("total").GetInt32();
}
