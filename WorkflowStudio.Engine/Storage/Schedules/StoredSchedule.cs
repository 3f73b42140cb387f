using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Schedules.Cron;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Schedules;

/// <summary>A schedule with what its times depend on.</summary>
/// <param name="Row">The schedule.</param>
/// <param name="WorkflowName">The name of its workflow.</param>
/// <param name="WorkspaceZone">The workspace's zone, for a schedule without one of its own.</param>
public sealed record StoredSchedule(ScheduleRow Row, string WorkflowName, string WorkspaceZone)
{
    /// <summary>Its occurrences.</summary>
    public ScheduleTimes Times { get; } = TimesOf(Row, WorkspaceZone);

    /// <summary>Where its times belong.</summary>
    public string TimeZone => Times.Zone.Id;

    internal static ScheduleTimes TimesOf(ScheduleRow row, string workspaceZone) => new(
        row.Id, CronExpression.Parse(row.Cron), TimeZones.FindOrUtc(row.TimeZone ?? workspaceZone))
    {
        JitterSeconds = row.JitterSeconds,
        StartsAt = row.StartsAt is { } start ? Instant.FromDateTimeOffset(start) : null,
        EndsAt = row.EndsAt is { } end ? Instant.FromDateTimeOffset(end) : null,
    };

    /// <summary>Sets what comes next, as it follows from the rest of the row; a schedule that is off has nothing.</summary>
    internal static void SetNext(ScheduleRow row, string workspaceZone, DateTimeOffset now)
    {
        if (row.HandledUntil > now) row.HandledUntil = now; // a clock that was set back is believed; what has fired is refused by its key
        var next = row.IsOn ? TimesOf(row, workspaceZone).Next(Instant.FromDateTimeOffset(row.HandledUntil)) : null;
        (row.NextOccurrence, row.NextFireAt) = (next?.Occurrence.ToDateTimeOffset(), next?.FiresAt.ToDateTimeOffset());
    }
}
