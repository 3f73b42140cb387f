using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using WorkflowStudio.E2E.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.E2E.Cluster;

/// <summary>Nodes that share one PostgreSQL, each a real process, and what clients of them were promised.</summary>
internal sealed class ClusterFixture : IAsyncDisposable
{
    private const int Shards = 64;

    private readonly PostgresProcess postgres;
    private readonly string database;
    private int posts;
    private string webhook = "";

    private ClusterFixture(PostgresProcess postgres, string database) => (this.postgres, this.database) = (postgres, database);

    public List<StudioProcess> Nodes { get; } = [];

    public PostgresProcess Postgres => postgres;

    /// <summary>The workflow whose webhook is posted to.</summary>
    public string Workflow { get; private set; } = "";

    /// <summary>The runs whose start was answered with 202.</summary>
    public List<string> Acknowledged { get; } = [];

    public static async Task<ClusterFixture> StartAsync(int nodes)
    {
        var postgres = await PostgresProcess.StartAsync(durable: true);
        var cluster = new ClusterFixture(
            postgres, postgres.ConnectionString.Replace("Database=postgres", "Database=studio", StringComparison.Ordinal));
        await cluster.ExecuteAsync("CREATE DATABASE studio", postgres.ConnectionString);
        for (var i = 0; i < nodes; i++)
        {
            cluster.Nodes.Add(new StudioProcess(database: cluster.database));
            await cluster.Nodes[i].StartAsync();
        }

        await cluster.UntilSharedAsync(nodes);
        await cluster.MakeWorkflowAsync();
        return cluster;
    }

    /// <summary>Posts to a node; only what was answered counts as acknowledged.</summary>
    public async Task PostAsync(StudioProcess node)
    {
        var n = Interlocked.Increment(ref posts);
        try
        {
            using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            using var body = new StringContent(
                $$"""{"first_name":"Client","last_name":"{{n}}","email":"c{{n}}@example.test","phone":"+1713555{{n:0000}}","form_message":"I would like an appointment next week."}""", Encoding.UTF8, "application/json");
            using var answer = await node.Http.PostAsync(webhook, body, timer.Token);
            var text = await answer.Content.ReadAsStringAsync(timer.Token);
            if (answer.StatusCode != HttpStatusCode.Accepted) return;
            lock (Acknowledged) Acknowledged.Add(JsonElement.Parse(text).GetProperty("execution_id").GetString()!);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // frozen, killed or restarted before it answered: nothing was promised
        }
    }

    public Task PostAsync(int each, params StudioProcess[] nodes) =>
        Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, each).Select(_ => PostAsync(node))));

    /// <summary>Waits until as many nodes hold all shards among them, each its share; answers how long it took.</summary>
    public async Task<TimeSpan> UntilSharedAsync(int nodes)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var counts = await TryRowsAsync("""SELECT h."Node"||' '||count(*) FROM shard_holders h JOIN nodes n ON n."Id"=h."Node" AND n."SeenAt">clock_timestamp()-interval '6 seconds' GROUP BY h."Node" """);
            var held = counts.Select(c => int.Parse(c.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            if (held.Count == nodes && held.Sum() == Shards && held.Max() <= (Shards + nodes - 1) / nodes) return watch.Elapsed;
            if (watch.Elapsed > StudioProcess.Patience) throw new TimeoutException($"The shards are held so: {string.Join(", ", counts)}.");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until every acknowledged run waits for its client, as the workflow means it.</summary>
    public async Task UntilAllWaitAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var waiting = await TryRowsAsync("""SELECT encode("Id",'hex') FROM runs WHERE "Status"=2""");
            var missing = Acknowledged.Where(id => !waiting.Contains(id["exe_".Length..])).ToList();
            if (missing.Count == 0) return;
            if (watch.Elapsed > StudioProcess.Patience)
                throw new TimeoutException(
                    $"{missing.Count} of {Acknowledged.Count} acknowledged runs do not wait, among them {missing[0]}.");
            await Task.Delay(200);
        }
    }

    /// <summary>Nothing acknowledged is lost, nothing recorded is repeated, every effect happened once.</summary>
    public async Task CheckAsync()
    {
        Assert.Empty(await RowsAsync("""SELECT encode("RunId",'hex') FROM run_events GROUP BY "RunId" HAVING count(*) <> max("Seq")"""));
        Assert.Empty(await RowsAsync(
            """SELECT "NodeId" FROM run_events WHERE "Kind" = 3 GROUP BY "RunId","NodeId","Iteration" HAVING count(*) > 1"""));
        Assert.Empty(await RowsAsync(
            """SELECT "EffectKey" FROM appointments WHERE "EffectKey" IS NOT NULL GROUP BY "EffectKey" HAVING count(*) > 1"""));
        Assert.Empty(await RowsAsync(
            """SELECT encode("RunId",'hex') FROM invoices WHERE "RunId" IS NOT NULL GROUP BY "RunId" HAVING count(*) > 1"""));
        Assert.Empty(await RowsAsync("""SELECT a."With" FROM appointments a JOIN appointments b ON a."Id"<b."Id" AND a."WorkspaceId"=b."WorkspaceId" AND a."Environment"=b."Environment" AND a."With"=b."With" AND a."Status"<>2 AND b."Status"<>2 AND a."StartsAt"<b."EndsAt" AND b."StartsAt"<a."EndsAt" AND a."RunId" IS NOT NULL AND b."RunId" IS NOT NULL"""));
        var billed = await RowsAsync("""SELECT encode("RunId",'hex') FROM invoices WHERE "RunId" IS NOT NULL""");
        Assert.All(Acknowledged, id => Assert.Contains(id["exe_".Length..], billed));
    }

    /// <summary>Deletes the workflow, which cancels its runs wherever they are worked on.</summary>
    public async Task DeleteWorkflowAsync(StudioProcess node)
    {
        using var answer = await node.Http.DeleteAsync("/api/v1/workflows/" + Workflow);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Ends every connection of the nodes, as a network that breaks does.</summary>
    public Task DropConnectionsAsync() =>
        ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='studio' AND pid<>pg_backend_pid()", database);

    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await postgres.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> TryRowsAsync(string sql)
    {
        try
        {
            return await RowsAsync(sql);
        }
        catch (NpgsqlException)
        {
            return []; // it is starting again
        }
    }

    private async Task MakeWorkflowAsync()
    {
        var key = await Nodes[0].CommandAsync("keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all");
        foreach (var node in Nodes) node.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var body = new StringContent(Checkout.Example("graph-create.json"), Encoding.UTF8, "application/json");
        using var answer = await Nodes[0].Http.PostAsync("/api/v1/workflows", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        Workflow = JsonElement.Parse(text).GetProperty("id").GetString()!;
        webhook = new Uri(JsonElement.Parse(text).GetProperty("webhook_target_url").GetString()!).AbsolutePath;
    }

    private async Task ExecuteAsync(string sql, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
