using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E;

/// <summary>Kills the real server in the middle of its work, again and again, and checks that nothing acknowledged is lost and nothing recorded is repeated.</summary>
public sealed class CrashTests
{
    private const int Kills = 20;
    private const int PostsPerRound = 12;
    private const int MostPosts = 40;

    // names and places of the engine's fail points, see docs/operations.md
    private static readonly string[] FailPoints = ["before_commit", "after_commit", "before_effect", "after_effect"];

    [Fact]
    public async Task Killed_TwentyTimes_RunsGoOnFromTheirLastRecordedStep()
    {
        await using var studio = new StudioProcess();
        await studio.StartAsync();
        var webhook = await MakeWorkflowAsync(studio);
        var acknowledged = new List<string>();
        var killed = 0;
        for (var round = 0; round < Kills; round++)
        {
            // every second round dies at a named place, the others at a moment that nobody chose
            var atPoint = round % 2 == 0;
            await studio.KillAsync();
            // the start itself makes about twenty commits; a point that is reached that early is a good one, too
            if (!await studio.TryStartAsync(atPoint ? [("STUDIO_FAILPOINT", $"{FailPoints[round / 2 % FailPoints.Length]}:{18 + round}")] : []))
            {
                killed++;
                continue;
            }

            if (atPoint)
            {
                // one after the other, until the point is reached
                for (var i = 0; i < MostPosts && !studio.HasEnded; i++) await PostAsync(studio, webhook, round, i, acknowledged);
            }
            else
            {
                var posts = Task.WhenAll(Enumerable.Range(0, PostsPerRound).Select(i => PostAsync(studio, webhook, round, i, acknowledged)));
                await Task.Delay(40 + (17 * round));
                await studio.KillAsync();
                await posts;
            }

            if (await studio.HasEndedWithinAsync(TimeSpan.FromSeconds(20))) killed++;
        }

        await studio.KillAsync();
        await studio.StartAsync();
        await UntilAllWaitAsync(studio, acknowledged);
        await studio.KillAsync();
        Assert.Equal(Kills, killed);
        Assert.True(acknowledged.Count > 3 * Kills, $"Only {acknowledged.Count} posts were answered: the rounds do no work.");
        Check(studio, acknowledged);
    }

    private static async Task<Uri> MakeWorkflowAsync(StudioProcess studio)
    {
        var key = await studio.CommandAsync("keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all");
        studio.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var body = new StringContent(Checkout.Example("graph-create.json"), Encoding.UTF8, "application/json");
        using var answer = await studio.Http.PostAsync("/api/v1/workflows", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return new Uri(JsonElement.Parse(text).GetProperty("webhook_target_url").GetString()!);
    }

    // only what was answered counts as acknowledged
    private static async Task PostAsync(StudioProcess studio, Uri webhook, int round, int number, List<string> acknowledged)
    {
        try
        {
            using var body = new StringContent(
                $$"""{"first_name":"Client","last_name":"{{round}}-{{number}}","email":"c{{round}}-{{number}}@example.test","phone":"+1713555{{round:00}}{{number:00}}","form_message":"I would like an appointment next week."}""",
                Encoding.UTF8, "application/json");
            using var answer = await studio.Http.PostAsync(webhook, body);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.Accepted) return;
            lock (acknowledged) acknowledged.Add(JsonElement.Parse(text).GetProperty("execution_id").GetString()!);
        }
        catch (HttpRequestException)
        {
            // killed before it answered: nothing was promised
        }
    }

    private static async Task UntilAllWaitAsync(StudioProcess studio, List<string> acknowledged)
    {
        foreach (var id in acknowledged)
        {
            var status = "";
            for (var i = 0; i < 600 && status is not "waiting"; i++)
            {
                using var answer = await studio.Http.GetAsync($"/api/v1/executions/{id}/status");
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
                status = JsonElement.Parse(text).GetProperty("status").GetString();
                if (status is "failed" or "canceled" or "completed") Assert.Fail(text);
                if (status != "waiting") await Task.Delay(50);
            }

            Assert.Equal("waiting", status);
        }
    }

    private static void Check(StudioProcess studio, List<string> acknowledged)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(studio.Folder, "studio.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        var runs = Rows(connection, """SELECT lower(hex("Id")) FROM runs""");
        Assert.All(acknowledged, id => Assert.Contains(id["exe_".Length..], runs));

        // the journal has no gap and no double, and every step that was recorded as done was recorded once
        Assert.Empty(Rows(connection, """SELECT lower(hex("RunId")) FROM run_events GROUP BY "RunId" HAVING count(*) <> max("Seq")"""));
        Assert.Empty(Rows(connection, """SELECT "NodeId" FROM run_events WHERE "Kind" = 3 GROUP BY "RunId","NodeId" HAVING count(*) > 1"""));
        Assert.Empty(Rows(connection, """
            SELECT s."NodeId" FROM run_events s JOIN run_events d ON d."RunId"=s."RunId" AND d."NodeId"=s."NodeId" AND d."Kind"=3 AND d."Seq"<s."Seq" WHERE s."Kind"=2
            """));

        // each run booked once and billed once, however often it was interrupted
        Assert.Empty(Rows(connection, """SELECT "EffectKey" FROM appointments WHERE "EffectKey" IS NOT NULL GROUP BY "EffectKey" HAVING count(*) > 1"""));
        Assert.Empty(Rows(connection, """SELECT lower(hex("RunId")) FROM invoices WHERE "RunId" IS NOT NULL GROUP BY "RunId" HAVING count(*) > 1"""));
        var billed = Rows(connection, """SELECT lower(hex("RunId")) FROM invoices WHERE "RunId" IS NOT NULL""");
        Assert.All(acknowledged, id => Assert.Contains(id["exe_".Length..], billed));
        Assert.Equal(["ok"], Rows(connection, "PRAGMA integrity_check"));
    }

    private static HashSet<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }
}
