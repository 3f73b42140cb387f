namespace WorkflowStudio.Engine.Schedules;

/// <summary>What became of an occurrence.</summary>
public enum OccurrenceOutcome
{
    /// <summary>It started a run at its time.</summary>
    Fired = 0,

    /// <summary>It was missed and started a run later.</summary>
    FiredLate = 1,

    /// <summary>It was missed and starts nothing.</summary>
    Skipped = 2,

    /// <summary>Its run could not be started.</summary>
    Failed = 3,

    /// <summary>The trigger's constraints refused it.</summary>
    Refused = 4,
}
