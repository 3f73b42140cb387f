using System.Diagnostics.Metrics;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>How the writer gathers work into commits, and what they take.</summary>
public sealed class CommitMetrics
{
    private static readonly long[] Pieces = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly Histogram<long> size;
    private readonly Histogram<double> duration;

    /// <summary>One per process.</summary>
    public CommitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Studio);
        size = meter.CreateHistogram(
            "workflowstudio.commit.size", "{write}", "How many pieces of writing share a commit.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = Pieces });
        duration = meter.CreateHistogram(
            "workflowstudio.commit.duration",
            "s",
            "The time of a transaction of the writer, from its begin until it is durable or has failed.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    /// <summary>Whether anybody listens.</summary>
    internal bool IsOn => size.Enabled || duration.Enabled;

    /// <summary>A transaction is over.</summary>
    internal void Over(int pieces, TimeSpan took, bool durable)
    {
        var outcome = TelemetryNames.Tag(TelemetryNames.CommitOutcome, durable ? "durable" : "failed");
        size.Record(pieces, outcome);
        duration.Record(took.TotalSeconds, outcome);
    }
}
