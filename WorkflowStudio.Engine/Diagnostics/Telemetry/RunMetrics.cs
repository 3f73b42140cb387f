using System.Diagnostics.Metrics;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>How many runs begin and end, and how long they take. Tests of drafts are kept out, as they are of lists and counts.</summary>
public sealed class RunMetrics
{
    // from a run that only computes to one that waits for weeks
    private static readonly double[] Seconds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3_600, 21_600, 86_400, 604_800, 2_592_000];

    private readonly Counter<long> started;
    private readonly Counter<long> ended;
    private readonly Histogram<double> duration;

    /// <summary>One per process.</summary>
    public RunMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Studio);
        started = meter.CreateCounter<long>("workflowstudio.runs.started", "{run}", "Runs that were made, by what started them.");
        ended = meter.CreateCounter<long>("workflowstudio.runs.ended", "{run}", "Runs that are over, by how they ended.");
        duration = meter.CreateHistogram(
            "workflowstudio.run.duration", "s", "The time from the start of a run to its end, waits included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    /// <summary>Whether anybody counts starts, so that it is worth to come back after the commit.</summary>
    internal bool CountsStarts => started.Enabled || ended.Enabled;

    /// <summary>A run is durable.</summary>
    /// <param name="cause">What started it: one of the words that the code names.</param>
    internal void Started(string cause) => started.Add(1, TelemetryNames.Tag(TelemetryNames.Cause, cause));

    /// <summary>The end of a run is durable.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="after">How long after its start; null when that is not known, for a run that cannot be read.</param>
    internal void Ended(RunStatus status, TimeSpan? after)
    {
        if (!ended.Enabled && !duration.Enabled) return;
        var how = TelemetryNames.Tag(TelemetryNames.RunStatus, Word(status));
        ended.Add(1, how);
        if (after is { } took) duration.Record(Math.Max(0, took.TotalSeconds), how);
    }

    internal static string Word(RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Running => "running",
        RunStatus.Waiting => "waiting",
        RunStatus.Done => "done",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "canceled",
        _ => "paused",
    };
}
