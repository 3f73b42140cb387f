using System.Globalization;

namespace WorkflowStudio.Bench;

/// <summary>What came of a load run. Times in milliseconds, memory in bytes.</summary>
internal sealed record LoadReport(
    LoadOptions Options, TimeSpan Posting, TimeSpan Whole, int Started, int Refused, int Done, int Lost,
    Percentiles Acknowledged, Percentiles Finished, long Memory, long PeakMemory, double BytesPerRun)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        store                {(Options.OnPostgres ? "PostgreSQL" : "SQLite")}, {Options.Nodes} {(Options.Nodes == 1 ? "node" : "nodes")}{(Options.Metrics ? ", measured" : "")}
        load                 {(Options.Rate > 0 ? $"{Options.Rate} posts/s" : "flat out")}, {Options.Clients} clients, {Posting.TotalSeconds:0.0} s
        acknowledged         {Started} runs, {Started / Posting.TotalSeconds:0} runs/s ({Refused} refused)
        finished             {Done} runs, {Done / Whole.TotalSeconds:0} runs/s until the last was over ({Lost} lost)
        start acknowledged   {Acknowledged}
        end to end           {Finished} ({Finished.Count} runs followed over HTTP)
        memory               {Memory / 1048576.0:0} MiB, at most {PeakMemory / 1048576.0:0} MiB{(Options.Nodes == 1 ? "" : ", of all nodes")}
        database             {BytesPerRun:0} bytes per run
        """);
}

/// <summary>Percentiles of times in milliseconds.</summary>
internal sealed record Percentiles(int Count, double P50, double P99)
{
    public static Percentiles Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new Percentiles(sorted.Length, At(sorted, 0.50), At(sorted, 0.99));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.0} ms, p99 {P99:0.0} ms");

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * share) - 1)];
}
