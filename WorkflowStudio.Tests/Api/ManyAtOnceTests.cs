using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Api;

/// <summary>A thousand equal requests at once do one thing.</summary>
public abstract class ManyAtOnceTests(StudioApp app)
{
    [Fact]
    public async Task ThousandEqualPosts_WithOneKeyMakeOneRun()
    {
        var practice = await app.PracticeAsync();
        var workflow = await practice.MakeAsync(
            """{"name":"Waits","triggerType":"manual","steps":[{"type":"wait","config":{"duration":"24h"}}]}""");
        var contact = await RunTests.ContactAsync(practice);
        var replies = new List<Reply>();
        // a key may send so many in a second: who is told to wait asks again
        for (var left = 1_000; left > 0; left = 1_000 - replies.Count)
        {
            var some = await Task.WhenAll(
                Enumerable.Range(0, left).Select(_ => RunTests.StartAsync(practice, workflow, contact, key: "race")));
            replies.AddRange(some.Where(r => r.Status != 429));
        }

        var made = replies.Where(r => r.Status == 201).ToList();
        Assert.Single(made.Select(r => r.Body).Distinct());
        Assert.Single(made, r => !r.Headers.Contains("Idempotency-Replayed"));
        Assert.All(replies.Except(made), r => Assert.Equal((409, "request_in_progress"), (r.Status, r.Text("code"))));
        Assert.Equal(1, (await practice.GetAsync($"{SequencesTexts.Templates}/runs")).Json
            .GetProperty("pagination").GetProperty("total").GetInt32());
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteManyAtOnceTests(StudioApp app) : ManyAtOnceTests(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresManyAtOnceTests(PostgresServer server) : ManyAtOnceTests(server.Studio);
