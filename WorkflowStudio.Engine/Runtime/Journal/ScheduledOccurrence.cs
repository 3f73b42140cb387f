namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>An occurrence of a schedule, which can have one run only.</summary>
/// <param name="ScheduleId">The schedule.</param>
/// <param name="At">The occurrence's own time, without jitter.</param>
/// <param name="Late">Whether it was missed and is made up for.</param>
public sealed record ScheduledOccurrence(Guid ScheduleId, DateTimeOffset At, bool Late);
