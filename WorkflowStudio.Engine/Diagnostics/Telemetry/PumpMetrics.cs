using System.Diagnostics.Metrics;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>
/// What the pumps of this node have to do, from what they hold in memory: looking costs no query. Runs that wait for a time or a signal
/// are in the database alone.
/// </summary>
public sealed class PumpMetrics
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    private readonly Histogram<double> lag;
    private Func<(long Queued, long InLine, long InExecution)> runs = () => default;
    private Func<long> shards = () => 0;

    /// <summary>One per process.</summary>
    public PumpMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Studio);
        lag = meter.CreateHistogram(
            "workflowstudio.pump.lag", "s", "How late runs are taken up: from the moment at which they were due until they are worked on.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        meter.CreateObservableUpDownCounter(
            "workflowstudio.runs.active",
            Runs,
            "{run}",
            "Runs that this node has to do with now: rung for, standing in line for a place, in execution.");
        meter.CreateObservableUpDownCounter(
            "workflowstudio.shards.owned", () => shards(), "{shard}", "The shards that this node owns, of 64.");
    }

    /// <summary>Whether anybody listens to how late runs are.</summary>
    internal bool MeasuresLag => lag.Enabled;

    /// <summary>Says how to look at the pumps of this process.</summary>
    internal void Watch(Func<(long Queued, long InLine, long InExecution)> active, Func<long> owned) => (runs, shards) = (active, owned);

    /// <summary>A run was taken up.</summary>
    /// <param name="late">How long after it was due.</param>
    /// <param name="isNew">Whether it begins; else it had waited.</param>
    internal void TookUp(TimeSpan late, bool isNew) =>
        lag.Record(Math.Max(0, late.TotalSeconds), TelemetryNames.Tag(TelemetryNames.TakenUp, isNew ? "start" : "wake"));

    private Measurement<long>[] Runs()
    {
        var (queued, inLine, inExecution) = runs();
        return [In(queued, "queued"), In(inLine, "in_line"), In(inExecution, "in_execution")];
    }

    private static Measurement<long> In(long count, string state) => new(count, TelemetryNames.Tag(TelemetryNames.RunState, state));
}
