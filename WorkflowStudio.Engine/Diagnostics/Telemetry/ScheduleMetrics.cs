using System.Diagnostics.Metrics;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>Whether schedules keep their times.</summary>
public sealed class ScheduleMetrics
{
    private readonly Counter<long> occurrences;

    /// <summary>One per process.</summary>
    public ScheduleMetrics(IMeterFactory meters) => occurrences = meters.Create(TelemetryNames.Studio).CreateCounter<long>(
        "workflowstudio.schedule.occurrences",
        "{occurrence}",
        "Occurrences of schedules that came: in time, more than a minute late, or missed and left out.");

    /// <summary>An occurrence has started its run.</summary>
    internal void Fired(bool late) => Count(1, late ? "late" : "in_time");

    /// <summary>Occurrences were missed and start nothing.</summary>
    internal void Skipped(int count) => Count(count, "skipped");

    private void Count(int count, string outcome) => occurrences.Add(count, TelemetryNames.Tag(TelemetryNames.ScheduleOutcome, outcome));
}
