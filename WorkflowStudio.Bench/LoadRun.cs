using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace WorkflowStudio.Bench;

/// <summary>Posts for a while, then looks into the database for what came of it.</summary>
internal sealed class LoadRun(LoadOptions options, ServerUnderLoad server)
{
    private const int FollowOneIn = 50;

    private readonly ConcurrentBag<double> acknowledged = [];
    private readonly ConcurrentBag<double> finished = [];
    private readonly ConcurrentDictionary<string, byte> started = new();
    private int refused;
    private long number;

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync();
        if (options.WarmUp > 0) await PostForAsync(TimeSpan.FromSeconds(options.WarmUp), cancellationToken);
        acknowledged.Clear();
        finished.Clear();
        started.Clear();
        refused = 0;
        var clock = Stopwatch.StartNew();
        await PostForAsync(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var posting = clock.Elapsed;
        var memory = server.Memory;
        var (done, lost) = await UntilDoneAsync(cancellationToken);
        var whole = clock.Elapsed;
        var runs = await CountAsync("SELECT count(*) FROM runs");
        return new LoadReport(
            options, posting, whole, started.Count, refused, done, lost, Percentiles.Of(acknowledged), Percentiles.Of(finished),
            memory, server.PeakMemory, (await BytesAsync() - bytes) / (double)Math.Max(runs, 1));
    }

    private async Task PostForAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(duration);
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(_ => Task.Run(async () =>
        {
            while (!timer.IsCancellationRequested)
            {
                if (options.Rate > 0)
                {
                    var due = TimeSpan.FromSeconds(Interlocked.Increment(ref sent) / (double)options.Rate) - clock.Elapsed;
                    if (due > TimeSpan.Zero) await Task.Delay(due, CancellationToken.None);
                    if (timer.IsCancellationRequested) return;
                }

                await PostAsync(cancellationToken);
            }
        }, CancellationToken.None)));
    }

    private async Task PostAsync(CancellationToken cancellationToken)
    {
        var n = Interlocked.Increment(ref number);
        var body = Encoding.UTF8.GetBytes($$$"""{"name":"Maria Lopez","n":{{{n}}},"address":{"city":"Houston"}}""");
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var from = Stopwatch.GetTimestamp();
        using var answer = await server.Http.PostAsync(server.Webhook, content, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            Interlocked.Increment(ref refused);
            return;
        }

        var json = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        acknowledged.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        var id = json.GetProperty("execution_id").GetString()!;
        started[id] = 0;
        if (options.Clients == 1 || n % FollowOneIn == 0) await FollowAsync(id, from, cancellationToken);
    }

    // asks for the status over HTTP until it is final: what a client can know
    private async Task FollowAsync(string id, long from, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = JsonElement.Parse(await server.Http.GetByteArrayAsync($"/api/v1/executions/{id}/status", cancellationToken)).GetProperty("status").GetString();
            if (status is "completed" or "failed" or "canceled") break;
            if (options.Clients > 1) await Task.Delay(2, cancellationToken);
        }

        finished.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }

    private async Task<(int Done, int Lost)> UntilDoneAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await CountAsync("""SELECT count(*) FROM runs WHERE "FinishedAt" IS NULL""") == 0) break;
            await Task.Delay(100, cancellationToken);
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT lower(hex("Id")) FROM runs WHERE "Status"=3""";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) done.Add("exe_" + reader.GetString(0));
        var ended = started.Keys.Count(done.Contains);
        return (ended, started.Count - ended);
    }

    // pages of the database, those that are still in the log included
    private async Task<long> BytesAsync() => await CountAsync("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={server.Database};Mode=ReadWrite;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
