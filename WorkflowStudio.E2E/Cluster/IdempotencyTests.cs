using System.Net;
using System.Text;
using System.Text.Json;
using WorkflowStudio.E2E.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.E2E.Cluster;

/// <summary>One Idempotency-Key is one request, whichever of two nodes it is sent to, and whoever of them dies.</summary>
[NeedsPostgres]
public sealed class IdempotencyTests
{
    [Fact]
    public async Task SameKey_SentToBothNodesAtOnce_MakesOneRunAndOneAnswer()
    {
        await using var cluster = await ClusterFixture.StartAsync(2);
        for (var i = 0; i < 20; i++)
        {
            var key = $"both-{i}";
            var answers = await Task.WhenAll(
                cluster.Nodes.SelectMany(node => new[] { SendAsync(cluster, node, key), SendAsync(cluster, node, key) }));
            var runs = answers.Where(a => a.Run is not null).ToList();
            Assert.Single(runs.Select(a => a.Run).Distinct());
            Assert.Single(runs, a => !a.Replayed);
            Assert.All(answers.Where(a => a.Run is null), a => Assert.Equal((HttpStatusCode.Conflict, true), (a.Status, a.RetryAfter)));
            foreach (var node in cluster.Nodes)
                Assert.Equal((runs[0].Run, true), await SendAsync(cluster, node, key) is var again ? (again.Run, again.Replayed) : default);
            Assert.Single(await RunsAsync(cluster, key));
        }
    }

    [Fact]
    public async Task SameKey_NodeThatGotItDiesBeforeItAnswers_OtherAnswersWithTheOneRun()
    {
        await using var cluster = await ClusterFixture.StartAsync(2);
        var (dying, living) = (cluster.Nodes[0], cluster.Nodes[1]);
        foreach (var (point, isMade) in new[] { ("start_written", false), ("start_durable", true) })
        {
            var key = $"alone-{point}";
            await ArmAsync(dying, point);
            await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(cluster, dying, key));
            var answer = await SendAsync(cluster, living, key);
            Assert.Equal((HttpStatusCode.Accepted, isMade), (answer.Status, answer.Replayed));
            Assert.Equal("exe_" + Assert.Single(await RunsAsync(cluster, key)), answer.Run);

            // at the same time: whoever was first, the one that lives has the answer
            key = $"both-{point}";
            await ArmAsync(dying, point);
            var (first, second) = (Record.ExceptionAsync(() => SendAsync(cluster, dying, key)), SendAsync(cluster, living, key));
            Assert.True(await first is null or HttpRequestException);
            Assert.Equal((await second).Run, (await SendAsync(cluster, living, key)).Run);
            Assert.Equal("exe_" + Assert.Single(await RunsAsync(cluster, key)), (await second).Run);
        }
    }

    private static async Task ArmAsync(StudioProcess node, string point)
    {
        await node.KillAsync();
        Assert.True(await node.TryStartAsync(("STUDIO_FAILPOINT", point + ":1")), node.Log);
    }

    private static async Task<Answer> SendAsync(ClusterFixture cluster, StudioProcess node, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/workflows/{cluster.Workflow}/trigger");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new StringContent(
            $$"""{"first_name":"Client","last_name":"{{key}}","email":"{{key}}@example.test","phone":"+17135550142"}""", Encoding.UTF8,
            "application/json");
        using var answer = await node.Http.SendAsync(request);
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return new Answer(
            answer.StatusCode, answer.StatusCode == HttpStatusCode.Accepted ? body.GetProperty("execution_id").GetString() : null,
            answer.Headers.Contains("Idempotency-Replayed"), answer.Headers.RetryAfter is not null);
    }

    private static Task<IReadOnlyList<string>> RunsAsync(ClusterFixture cluster, string key) =>
        cluster.RowsAsync($"""SELECT encode("RunId",'hex') FROM run_events WHERE "Seq"=1 AND convert_from("Payload",'UTF8')::json->>'last_name'='{key}'""");

    private sealed record Answer(HttpStatusCode Status, string? Run, bool Replayed, bool RetryAfter);
}
