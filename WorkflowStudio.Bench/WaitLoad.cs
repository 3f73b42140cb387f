using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace WorkflowStudio.Bench;

/// <summary>Lets many runs wait for moments within one minute, kills the server meanwhile, and looks how late they went on.</summary>
internal static class WaitLoad
{
    private const int Parked = 5;
    private const int Clients = 32;
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(1);

    private const string Workflow = """
        {"name":"Waits","trigger":{"type":"webhook"},
         "nodes":[{"id":"wait","type":"wait","name":"Wait","config":{"mode":"until","until":"{{ $initialPayload.until }}"}},
                  {"id":"after","type":"set","name":"After","config":{"values":{"n":"{{ $initialPayload.n }}"}}}],
         "link_connections":[{"from":"trigger","to":"wait"},{"from":"wait","to":"after"}]}
        """;

    public static async Task RunAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        DateTimeOffset first;
        await using (var server = await ServerUnderLoad.StartAsync(options.Data, cancellationToken))
        {
            var webhook = await server.MakeWorkflowAsync("Waits", cancellationToken, Workflow);
            // warms up: what every server holds
            await PostAsync(server, webhook, 1_000, TimeProvider.System.GetUtcNow().AddYears(1), cancellationToken);
            var before = server.Memory;
            first = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30 + (options.Runs / 300.0));
            await PostAsync(server, webhook, options.Runs, first, cancellationToken);
            await UntilAsync(options, """SELECT count(*) FROM runs WHERE "Status"=2""", n => n >= options.Runs, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Runs} runs wait: "
                + $"{(server.Memory - before) / (double)options.Runs:0} bytes of memory each ({server.Memory >> 20} MiB in all)"));
        }

        var clock = Stopwatch.StartNew();
        await using var next = await ServerUnderLoad.StartAsync(options.Data, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed and started "
            + $"again: ready after {next.ReadyAfter.TotalSeconds:0.0} s, {(first - TimeProvider.System.GetUtcNow()).TotalSeconds:0} s "
            + $"before the first is due"));
        await UntilAsync(options, """SELECT count(*) FROM runs WHERE "Status"=3""", n => n >= options.Runs, cancellationToken);
        Console.WriteLine($"gone on, of {options.Runs} within {Spread.TotalSeconds:0} s: late by "
            + $"{Percentiles.Of(await LatenessAsync(options, cancellationToken))} ms ({clock.Elapsed.TotalSeconds:0} s after the kill)");
    }

    private static async Task PostAsync(
        ServerUnderLoad server, Uri webhook, int count, DateTimeOffset first, CancellationToken cancellationToken)
    {
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref number); n <= count; n = Interlocked.Increment(ref number))
            {
                var until = (first + (Spread * (n / (double)count))).ToString("O", CultureInfo.InvariantCulture);
                using var content = new StringContent($$"""{"n":{{n}},"until":"{{until}}"}""", Encoding.UTF8, "application/json");
                using var answer = await server.Http.PostAsync(webhook, content, cancellationToken);
                if (answer.StatusCode != HttpStatusCode.Accepted)
                    throw new InvalidOperationException($"A start was refused: {(int)answer.StatusCode}.");
            }
        }));
    }

    private static async Task UntilAsync(StoreOptions options, string sql, Func<long, bool> enough, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 3_000; i++)
        {
            await using var connection = await OpenAsync(options, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            if (enough(Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture))) return;
            await Task.Delay(100, cancellationToken);
        }

        throw new TimeoutException($"Five minutes were not enough for: {sql}");
    }

    // from the moment that each waited for to the end of its run
    private static async Task<List<double>> LatenessAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(options, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT r."FinishedAt", e."Payload" FROM runs r JOIN run_events e ON e."RunId"=r."Id" WHERE r."Status"=3 AND e."Kind"=@kind""";
        command.Parameters.AddWithValue("@kind", Parked);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var late = new List<double>();
        while (await reader.ReadAsync(cancellationToken))
            late.Add(reader.GetInt64(0) - JsonElement.Parse(reader.GetFieldValue<byte[]>(1)).GetProperty("until").GetInt64());
        return late;
    }

    private static async Task<SqliteConnection> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection($"Data Source={options.Database};Mode=ReadOnly;Default Timeout=30");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
