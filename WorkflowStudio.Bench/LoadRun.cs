using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Bench;

/// <summary>Posts for a while, then looks into the database for what came of it.</summary>
internal sealed class LoadRun(LoadOptions options, ServersUnderLoad servers)
{
    private const int FollowOneIn = 50;

    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(5);

    private readonly ConcurrentBag<double> acknowledged = [];
    private readonly ConcurrentBag<double> finished = [];
    private readonly ConcurrentDictionary<string, byte> started = new();
    private int refused;
    private long number;

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var (bytes, before) = (await servers.Store.BytesAsync(), await servers.Store.RunsAsync());
        if (options.WarmUp > 0) await PostForAsync(TimeSpan.FromSeconds(options.WarmUp), cancellationToken);
        using var scraping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scrapes = options.Metrics ? Task.WhenAll(servers.Nodes.Select(n => ScrapeAsync(n, scraping.Token))) : Task.CompletedTask;
        acknowledged.Clear();
        finished.Clear();
        started.Clear();
        refused = 0;
        var (since, clock) = (TimeProvider.System.GetUtcNow(), Stopwatch.StartNew());
        await PostForAsync(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var posting = clock.Elapsed;
        var memory = servers.Nodes.Sum(n => n.Memory);
        var (done, lost) = await UntilDoneAsync(since, cancellationToken);
        var whole = clock.Elapsed;
        await scraping.CancelAsync();
        await scrapes;
        var runs = await servers.Store.RunsAsync() - before;
        return new LoadReport(
            options, posting, whole, started.Count, refused, done, lost, Percentiles.Of(acknowledged), Percentiles.Of(finished),
            memory, servers.Nodes.Sum(n => n.PeakMemory), (await servers.Store.BytesAsync() - bytes) / (double)Math.Max(runs, 1));
    }

    // what is measured costs most when it is read: as often as Prometheus is usually told to
    private static async Task ScrapeAsync(ServerUnderLoad server, CancellationToken stop)
    {
        try
        {
            for (; ; await Task.Delay(BetweenScrapes, stop)) await server.Http.GetByteArrayAsync("/metrics", stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the load is over
        }
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
        var server = servers.Nodes[(int)(n % servers.Nodes.Count)];
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
        if (options.Clients == 1 || n % FollowOneIn == 0) await FollowAsync(server, id, from, cancellationToken);
    }

    // asks for the status over HTTP until it is final: what a client can know
    private async Task FollowAsync(ServerUnderLoad server, string id, long from, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = JsonElement.Parse(await server.Http.GetByteArrayAsync($"/api/v1/executions/{id}/status", cancellationToken))
                .GetProperty("status").GetString();
            if (status is "completed" or "failed" or "canceled") break;
            if (options.Clients > 1) await Task.Delay(2, cancellationToken);
        }

        finished.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }

    private async Task<(int Done, int Lost)> UntilDoneAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await servers.Store.UnfinishedAsync(since) == 0) break;
            await Task.Delay(100, cancellationToken);
        }

        var done = await servers.Store.DoneAsync(cancellationToken);
        var ended = started.Keys.Count(done.Contains);
        return (ended, started.Count - ended);
    }
}
