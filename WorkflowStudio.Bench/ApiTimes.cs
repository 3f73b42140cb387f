using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Bench;

/// <summary>
/// Times the API on a practice with many workflows: one read, a page listed, one made, in each dialect, at a fixed rate. A time counts from
/// the moment at which the request was due, so that a server that falls behind is not spared.
/// </summary>
internal sealed class ApiTimes(ServerUnderLoad server, ApiOptions options)
{
    private const int Makers = 32;

    private static readonly Dialect[] Dialects =
    [
        new("graph", "/api/v1/workflows", "X-TWS-Practice-ID", """
            {"name":"Intake NUMBER","description":"Asks and books","trigger":{"type":"webhook"},"nodes":[
            {"id":"a","type":"set","config":{"values":{"x":"{{ $initialPayload.x ?? 1 }}"}}},{"id":"b","type":"end"}],
            "link_connections":[{"from":"trigger","to":"a"},{"from":"a","to":"b"}]}
            """),
        new("sequences", "/api/v1/workflows", null, """
            {"name":"Lead NUMBER","triggerType":"manual","steps":[{"type":"send_message","config":{"template":"intro"}},
            {"type":"wait_for_reply","config":{"timeoutHours":24}},{"type":"agent","config":{"mode":"interactive"}}]}
            """),
        new("services", "/api/v1/services/workflows/workflows", null, """
            {"name":"Sweep NUMBER","trigger_type":"manual","steps":[{"step_type":"mark_invoices_overdue","step_config":{}}]}
            """),
        new("documents", "/api/workflows", null, """
            {"name":"Invoices NUMBER","trigger_type":"manual","definition":{"steps":[{"id":"parse","type":"parse","config":{}},
            {"id":"extract","type":"extract","config":{"schema_id":"invoice"}}]}}
            """),
        new("blocks", "/workflows", null, """
            {"name":"Ticket NUMBER","trigger_type":"manual-trigger","workflow_blocks":[
            {"$kind":"Action","id":"a","type":"set","name":"","input":{"values":{"x":1}}}]}
            """),
    ];

    private readonly ConcurrentBag<string> ids = [];

    public static async Task RunAsync(ApiOptions options, CancellationToken cancellationToken)
    {
        await using var server = await ServerUnderLoad.StartAsync(null, cancellationToken);
        await new ApiTimes(server, options).MeasureAsync(cancellationToken);
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var many = new ParallelOptions { MaxDegreeOfParallelism = Makers, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, options.Workflows, many, async (n, stop) => ids.Add(await MakeAsync(Dialects[n % Dialects.Length], n, stop)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Workflows} workflows were made in "
            + $"{clock.Elapsed.TotalSeconds:0.0} s; {options.Rate} requests/s for {options.Seconds} s each"));
        var known = ids.ToArray();
        foreach (var dialect in Dialects)
        {
            await TimeAsync($"{dialect.Name}: read one", n => SendAsync(
                dialect, HttpMethod.Get, $"{dialect.Path}/{known[Mixed(n, known.Length)]}", null, cancellationToken), cancellationToken);
            await TimeAsync($"{dialect.Name}: first page of 20", n => SendAsync(
                dialect, HttpMethod.Get, dialect.Path + "?limit=20", null, cancellationToken), cancellationToken);
            await TimeAsync($"{dialect.Name}: any page of 20", n => SendAsync(
                dialect, HttpMethod.Get, dialect.PageOf(Mixed(n, Math.Max(1, options.Workflows / 60))), null, cancellationToken),
                cancellationToken);
        }

        foreach (var dialect in Dialects)
            await TimeAsync(
                $"{dialect.Name}: make one", n => MakeAsync(dialect, options.Workflows + (int)n, cancellationToken), cancellationToken);
    }

    // as good as random, and the same every time
    private static int Mixed(long n, int count) => (int)((ulong)(n * 2654435761L) % (ulong)count);

    private async Task<string> MakeAsync(Dialect dialect, int n, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(dialect, HttpMethod.Post, dialect.Path, dialect.BodyOf(n), cancellationToken);
        var one = answer.TryGetProperty("data", out var data) ? data : answer;
        return one.GetProperty(dialect.Name == "blocks" ? "workflow_id" : "id").GetString()!;
    }

    private async Task<JsonElement> SendAsync(
        Dialect dialect, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (dialect.Header is { } header) request.Headers.Add(header, "practice_1");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await server.Http.SendAsync(request, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonElement.Parse(bytes)
            : throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }

    private async Task TimeAsync(string what, Func<long, Task> ask, CancellationToken cancellationToken)
    {
        var times = new ConcurrentBag<double>();
        var warm = Math.Min(options.Rate * 2, 400);
        for (var i = 0; i < warm; i++) await ask(i);
        var clock = Stopwatch.StartNew();
        var asked = new List<Task>();
        for (var n = 0L; clock.Elapsed < TimeSpan.FromSeconds(options.Seconds); n++)
        {
            var due = TimeSpan.FromSeconds(n / (double)options.Rate);
            if (due - clock.Elapsed is var left && left > TimeSpan.Zero) await Task.Delay(left, cancellationToken);
            var number = n + warm;
            asked.Add(Task.Run(
                async () =>
                {
                    await ask(number);
                    times.Add((clock.Elapsed - due).TotalMilliseconds);
                }, cancellationToken));
        }

        await Task.WhenAll(asked);
        var sorted = times.Order().ToArray();
        var (p50, p99) = (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-32} p50 {p50,6:0.0} ms   p99 {p99,6:0.0} ms   max {sorted[^1],6:0.0} ms"));
    }

    private sealed record Dialect(string Name, string Path, string? Header, string Body)
    {
        public string BodyOf(int n) => Body.Replace("NUMBER", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        public string PageOf(int page) => Name switch
        {
            "services" or "documents" => string.Create(CultureInfo.InvariantCulture, $"{Path}?limit=20&offset={page * 20}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Path}?limit=20&page={page + 1}"),
        };
    }
}

/// <summary>What is asked of the API.</summary>
/// <param name="Workflows">How many there are.</param>
/// <param name="Rate">Requests a second.</param>
/// <param name="Seconds">How long each kind is asked.</param>
internal sealed record ApiOptions(int Workflows, int Rate, int Seconds)
{
    public const string Usage = """
               WorkflowStudio.Bench api [--workflows N] [--rate N] [--seconds N]
                                              times the API's requests at a rate, on so many workflows (10000, 200, 15)
        """;

    public static bool TryRead(string[] args, out ApiOptions options, out string problem)
    {
        (options, problem) = (new ApiOptions(10_000, 200, 15), "");
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                problem = $"{args[i]} is not known here, or lacks its value.";
                return false;
            }

            switch (args[i])
            {
                case "--workflows": options = options with { Workflows = number }; break;
                case "--rate": options = options with { Rate = number }; break;
                case "--seconds": options = options with { Seconds = number }; break;
                default: problem = $"{args[i]} is not known here, or lacks its value."; return false;
            }
        }

        return true;
    }
}
