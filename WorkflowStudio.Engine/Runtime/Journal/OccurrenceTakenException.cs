namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>The occurrence has its run, or its schedule no longer fires: nothing was written.</summary>
public sealed class OccurrenceTakenException(ScheduledOccurrence occurrence)
    : Exception($"The occurrence {occurrence.At:O} of schedule {occurrence.ScheduleId} was started before, or the schedule is off.");
