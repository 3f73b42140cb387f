using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace WorkflowStudio.Bench;

/// <summary>Times each page, as the demo owner's browser asks for it, and each request of the API that reads.</summary>
internal static partial class PageTimes
{
    private const int WarmUp = 5;
    private const int Times = 25;

    public static async Task RunAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        await using var server = await ServerUnderLoad.StartAsync(options.Data, cancellationToken);
        await SignInAsync(server.Http, cancellationToken);
        var (run, rare, count, middle, message, invoice) = Facts(options.Database);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{count} runs, {new FileInfo(options.Database).Length / 1048576.0:0} MiB"));
        string[] addresses =
        [
            "/studio", "/studio?range=90",
            "/studio/runs", "/studio/runs?status=failed", "/studio/runs?status=canceled", "/studio/runs?status=waiting",
            $"/studio/runs?workflow=wf_{rare}", $"/studio/runs?workflow=wf_{rare}&status=failed",
            $"/studio/runs?workflow=wf_{rare}&status=done",
            "/studio/runs?q=Client%2012", "/studio/runs?q=nobody", "/studio/runs?cause=manual", $"/studio/runs?before=exe_{middle}",
            $"/studio/runs?status=failed&before=exe_{middle}", $"/studio/runs/exe_{run}", "/studio/workflows", "/studio/outbox",
            $"/studio/outbox?before={message}", "/studio/calendar", "/studio/invoices", $"/studio/invoices?before={invoice}",
            "/api/v1/workflows", $"/api/v1/executions/exe_{run}/status", $"/api/v1/executions/exe_{run}/logs",
        ];
        foreach (var address in addresses) Console.WriteLine(await TimeAsync(server.Http, address, cancellationToken));
    }

    private static async Task<string> TimeAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var (length, first) = (0, 0.0);
        for (var i = 0; i < WarmUp + Times; i++)
        {
            var from = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(address, cancellationToken);
            length = (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length;
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}.");
            var took = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            if (i == 0) first = took;
            if (i >= WarmUp) times.Add(took);
        }

        times.Sort();
        var behind = address.Contains('&') ? address[address.IndexOf('&')..].Split("exe_")[0] : "";
        var shown = address.Split("exe_")[0].Split("wf_")[0] + (address.Contains("_0", StringComparison.Ordinal) ? "…" + behind : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"{shown,-46} p50 {times[Times / 2],6:0.0} ms   first {first,6:0.0} ms   max {times[^1],6:0.0} ms   {length / 1024.0,6:0} KiB");
    }

    // as the button on the sign-in page does it
    private static async Task SignInAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var page = await http.GetStringAsync("/sign-in", cancellationToken);
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("returnUrl", "/studio")]);
        using var answer = await http.PostAsync("/account/demo", form, cancellationToken);
        if ((int)answer.StatusCode != 302) throw new InvalidOperationException($"The sign-in answered {(int)answer.StatusCode}.");
    }

    private static (string Run, string Rare, long Count, string Middle, string Message, string Invoice) Facts(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0";
        command.ExecuteNonQuery();
        command.CommandText = """
            SELECT lower(hex((SELECT max("Id") FROM runs WHERE "Status"=3))), lower(hex((SELECT "Id" FROM workflows WHERE "Name"='Rare'))), (SELECT count(*) FROM runs),
            lower(hex((SELECT "Id" FROM runs ORDER BY "Id" LIMIT 1 OFFSET (SELECT count(*)/2 FROM runs)))),
            lower(hex((SELECT "Id" FROM outbox ORDER BY "Id" LIMIT 1 OFFSET (SELECT count(*)/2 FROM outbox)))),
            lower(hex((SELECT "Id" FROM invoices ORDER BY "Id" LIMIT 1 OFFSET (SELECT count(*)/2 FROM invoices))))
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (
            reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
