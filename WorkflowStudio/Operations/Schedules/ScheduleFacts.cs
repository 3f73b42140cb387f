using System.Globalization;
using NodaTime;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Schedules.Cron;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Operations.Schedules;

/// <summary>A schedule as lists show it.</summary>
public sealed record ScheduleFacts
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The workflow that it starts.</summary>
    public required Guid WorkflowId { get; init; }

    /// <summary>The name of the workflow.</summary>
    public required string Workflow { get; init; }

    /// <summary>The expression as written.</summary>
    public required string Cron { get; init; }

    /// <summary>"Every weekday at 09:30".</summary>
    public required string Words { get; init; }

    /// <summary>The zone of its times: its own, or the workspace's.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What becomes of missed times.</summary>
    public required Misfire Misfire { get; init; }

    /// <summary>How far starts are spread, in seconds.</summary>
    public required int JitterSeconds { get; init; }

    /// <summary>Whether it is the workflow's trigger, so that it is changed in the editor.</summary>
    public required bool IsTrigger { get; init; }

    /// <summary>Whether the workflow is on.</summary>
    public required bool WorkflowOn { get; init; }

    /// <summary>Whether the schedule itself is on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>When it fires next; null while it is off, and when nothing comes any more.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>When it last started a run; null for never.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>How many occurrences were missed in the last 30 days.</summary>
    public required int Missed { get; init; }

    /// <summary>Whether it starts anything.</summary>
    public bool IsOn => WorkflowOn && Enabled;

    internal static ScheduleFacts Of(StoredSchedule schedule, int missed) => new()
    {
        Id = schedule.Row.Id,
        WorkflowId = schedule.Row.WorkflowId,
        Workflow = schedule.WorkflowName,
        Cron = schedule.Row.Cron,
        Words = Sentence(schedule.Row.Cron),
        TimeZone = schedule.TimeZone,
        Misfire = schedule.Row.Misfire,
        JitterSeconds = schedule.Row.JitterSeconds,
        IsTrigger = schedule.Row.IsTrigger,
        WorkflowOn = schedule.Row.WorkflowOn,
        Enabled = schedule.Row.Enabled,
        NextAt = schedule.Row.NextFireAt,
        LastAt = schedule.Row.LastFireAt,
        Missed = missed,
    };

    internal static string Sentence(string cron)
    {
        var words = CronWords.Of(CronExpression.Parse(cron));
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(words[0])}{words[1..]}");
    }
}

/// <summary>A schedule with what comes and what became of what came.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Next">The next fire times, at most ten, as they would be if it were on.</param>
/// <param name="Missed">What was missed, the latest first.</param>
/// <param name="History">All that is remembered, the latest first.</param>
public sealed record ScheduleDetail(
    ScheduleFacts Schedule, IReadOnlyList<NextFire> Next, IReadOnlyList<PastOccurrence> Missed, IReadOnlyList<PastOccurrence> History);

/// <summary>A time that comes.</summary>
/// <param name="At">The occurrence, with the offset of the schedule's zone.</param>
/// <param name="FiresAt">When the run starts: later by the jitter.</param>
public sealed record NextFire(DateTimeOffset At, DateTimeOffset FiresAt)
{
    internal static NextFire Of(ScheduledTime time, DateTimeZone zone) =>
        new(time.Occurrence.InZone(zone).ToDateTimeOffset(), time.FiresAt.InZone(zone).ToDateTimeOffset());
}

/// <summary>An occurrence that was decided.</summary>
/// <param name="At">Its time, with the offset of the schedule's zone.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="RunId">The run that it started; null for none.</param>
/// <param name="DecidedAt">When that was decided.</param>
/// <param name="Earlier">How many were skipped right before it that are not listed.</param>
/// <param name="Note">Why no run could be started.</param>
public sealed record PastOccurrence(
    DateTimeOffset At, OccurrenceOutcome Outcome, Guid? RunId, DateTimeOffset DecidedAt, int Earlier, string? Note);
