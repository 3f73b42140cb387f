using System.Diagnostics.Metrics;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>
/// How long calls of steps take, by type and by what they come to. The number of calls is the count of the same histogram: the hot path
/// pays once.
/// </summary>
public sealed class StepMetrics
{
    private static readonly double[] Seconds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

    private readonly Histogram<double> duration;

    /// <summary>One per process.</summary>
    public StepMetrics(IMeterFactory meters) => duration = meters.Create(TelemetryNames.Studio).CreateHistogram(
        "workflowstudio.step.duration", "s", "The time of one call of a step; its count is the number of calls.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>Whether anybody listens.</summary>
    internal bool IsOn => duration.Enabled;

    /// <summary>A call came to something.</summary>
    internal void Called(string type, NodeOutcome outcome, TimeSpan took) => duration.Record(
        took.TotalSeconds,
        TelemetryNames.Tag(TelemetryNames.StepType, type),
        TelemetryNames.Tag(TelemetryNames.StepOutcome, Word(outcome)));

    internal static string Word(NodeOutcome outcome) => outcome switch
    {
        NodeOutcome.Failed => "failed",
        NodeOutcome.Waiting => "waiting",
        _ => "completed",
    };
}
