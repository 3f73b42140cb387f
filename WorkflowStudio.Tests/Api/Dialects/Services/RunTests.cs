using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Services.CreateTests;

namespace WorkflowStudio.Tests.Api.Dialects.Services;

/// <summary>The reference text, sentence by sentence: runs.</summary>
[Collection(StudioAppTests.Name)]
public sealed class RunTests(StudioApp app)
{
    [Fact]
    public async Task Run_IsQueuedAndAnsweredWithItsId()
    {
        var (practice, id) = await MadeAsync();
        var reply = await practice.PostAsync($"{Address}/{id}/run", "");
        Assert.Equal(201, reply.Status);
        var data = reply.Json.GetProperty("data");
        Assert.Equal(["run_id", "status"], data.EnumerateObject().Select(p => p.Name));
        Assert.True(Guid.TryParse(Text(data, "run_id"), out _));
        Assert.Equal("queued", Text(data, "status"));
        Assert.Equal($"{Address}/{id}/runs", reply.Headers.Location!.ToString());
        foreach (var list in new[] { $"{Address}/{id}/runs", "/api/v1/services/workflows/runs" })
        {
            var runs = (await practice.GetAsync(list)).Json;
            var run = Assert.Single(runs.GetProperty("data").EnumerateArray());
            Assert.Equal((Text(data, "run_id"), id, "Daily overdue sweep", "manual"),
                (Text(run, "run_id"), Text(run, "workflow_id"), Text(run, "workflow_name"), Text(run, "trigger")));
            Assert.Equal("""{"limit":50,"offset":0,"has_more":false}""", runs.GetProperty("meta").GetRawText());
        }
    }

    [Fact]
    public async Task Run_WithinThirtySeconds_IsRefusedButTheSameRequestIsNot()
    {
        var (practice, id) = await MadeAsync();
        var first = await practice.PostAsync($"{Address}/{id}/run", "", "k1");
        var again = await practice.PostAsync($"{Address}/{id}/run", "", "k1");
        Assert.Equal((201, first.Body), (again.Status, again.Body));
        foreach (var key in new[] { null, "k2" })
        {
            var refused = await practice.PostAsync($"{Address}/{id}/run", "{}", key);
            Assert.Equal((409, "run_cooldown"), (refused.Status, Text(refused.Json.GetProperty("error"), "code")));
            Assert.InRange(int.Parse(refused.Headers.RetryAfter!.ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 30);
        }

        Assert.Equal(201, (await practice.PostAsync($"{Address}/{(await MadeAsync(practice)).Id}/run", "")).Status);
    }

    [Fact]
    public async Task Runs_ArePagedNewestFirst()
    {
        var practice = await app.PracticeAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var started = await practice.PostAsync($"{Address}/{(await MadeAsync(practice)).Id}/run", "");
            ids.Insert(0, Text(started.Json.GetProperty("data"), "run_id")!);
        }

        foreach (var (offset, count, more) in new[] { (0, 2, true), (1, 2, false), (3, 0, false) })
        {
            var page = (await practice.GetAsync($"/api/v1/services/workflows/runs?limit=2&offset={offset}")).Json;
            Assert.Equal(ids.Skip(offset).Take(count), page.GetProperty("data").EnumerateArray().Select(r => Text(r, "run_id")));
            Assert.Equal(more, page.GetProperty("meta").GetProperty("has_more").GetBoolean());
        }
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=x")]
    [InlineData("offset=-1")]
    [InlineData("offset=x")]
    public async Task List_OfNoPage_IsRefused(string query)
    {
        var practice = await app.PracticeAsync();
        foreach (var list in new[] { Address, "/api/v1/services/workflows/runs" })
        {
            var refused = await practice.GetAsync($"{list}?{query}");
            Assert.Equal((400, "validation_failed"), (refused.Status, Text(refused.Json.GetProperty("error"), "code")));
        }

        Assert.Equal(100, (await practice.GetAsync(Address + "?limit=1000")).Json.GetProperty("meta").GetProperty("limit").GetInt32());
    }

    private async Task<(TestPractice Practice, string Id)> MadeAsync(TestPractice? practice = null)
    {
        practice ??= await app.PracticeAsync();
        return (practice, Text((await practice.PostAsync(Address, Reference)).Json.GetProperty("data"), "id")!);
    }
}
