using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace WorkflowStudio.Bench;

/// <summary>
/// Deletes or packs all seeded runs while starts come in, and times the starts before and meanwhile: a start is answered when it is on
/// disk.
/// </summary>
internal static class RetentionLoad
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"before     {Store(options).Size / 1048576.0:0} MiB in use"));
        await using (var quiet = await ServerUnderLoad.StartAsync(options.Data, cancellationToken))
            Console.WriteLine("alone      " + await PostAsync(quiet, options.Rate, Quiet, () => false, cancellationToken));
        var days = options.Pack ? "0" : "1";
        await ServerUnderLoad.CommandAsync(options.Data, "practice", "retention", "--workspace", "demo", "--done", days, "--failed", days,
            "--canceled", days, "--pack", options.Pack ? "1" : "0");
        await using var server = await ServerUnderLoad.StartAsync(options.Data, cancellationToken);
        var clock = Stopwatch.StartNew();
        var over = false;
        var watching = Task.Run(async () =>
        {
            while (Store(options).Left) await Task.Delay(1_000, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done       after {clock.Elapsed.TotalSeconds:0} s"));
            for (var last = -1L; last != Store(options).File;)
            {
                last = Store(options).File;
                await Task.Delay(10_000, cancellationToken); // the file shrinks afterwards
            }

            over = true;
        }, cancellationToken);
        Console.WriteLine("meanwhile  " + await PostAsync(server, options.Rate, TimeSpan.FromHours(2), () => over, cancellationToken));
        await watching;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"after      {Store(options).Size / 1048576.0:0} MiB in use of {Store(options).File / 1048576.0:0} MiB"));
    }

    private static async Task<string> PostAsync(
        ServerUnderLoad server, int rate, TimeSpan time, Func<bool> over, CancellationToken cancellationToken)
    {
        var times = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        var open = new List<Task>();
        for (var n = 0L; clock.Elapsed < time && !over(); n++)
        {
            // by the clock, whatever the answers do: a stall is seen by every start that falls into it
            var due = TimeSpan.FromSeconds(n / (double)rate) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due, cancellationToken);
            open.Add(OneAsync());
            if (open.Count > 4_096) open.RemoveAll(t => t.IsCompletedSuccessfully);
        }

        await Task.WhenAll(open);
        var sorted = times.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted.Length} starts: p50 {sorted[sorted.Length / 2]:0.0} ms, p99 "
            + $"{sorted[sorted.Length * 99 / 100]:0.0} ms, p99.9 {sorted[sorted.Length * 999 / 1000]:0.0} ms, longest {sorted[^1]:0.0} ms; "
            + $"over 100 ms: {sorted.Count(t => t > 100)}");

        async Task OneAsync()
        {
            using var content = new StringContent(
                """{"name":"Maria Lopez","n":1,"address":{"city":"Houston"}}""", Encoding.UTF8, "application/json");
            var from = Stopwatch.GetTimestamp();
            using var answer = await server.Http.PostAsync(server.Webhook, content, cancellationToken);
            // after the first compilations
            if (clock.Elapsed > TimeSpan.FromSeconds(3)) times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }
    }

    // whether old runs are left to be deleted or packed, the bytes in use and those of the file
    private static (bool Left, long Size, long File) Store(StoreOptions options)
    {
        using var connection = new SqliteConnection($"Data Source={options.Database};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        var old =
            $"\"CreatedAt\"<{TimeProvider.System.GetUtcNow().AddDays(-2).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        var left = options.Pack ? $"SELECT count(*) FROM (SELECT 1 FROM runs r WHERE {old} AND EXISTS (SELECT 1 FROM run_events e WHERE "
            + "e.\"RunId\"=r.\"Id\") LIMIT 1)" : $"SELECT count(*) FROM (SELECT 1 FROM runs WHERE {old} ORDER BY \"Id\" LIMIT 1)";
        command.CommandText = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0";
        command.ExecuteNonQuery();
        command.CommandText = $"SELECT ({left}), (SELECT (p.page_count-f.freelist_count)*s.page_size FROM "
            + "pragma_page_count() p, pragma_freelist_count() f, pragma_page_size() s), (SELECT p.page_count*s.page_size FROM "
            + "pragma_page_count() p, pragma_page_size() s)";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0) > 0, reader.GetInt64(1), reader.GetInt64(2));
    }
}
