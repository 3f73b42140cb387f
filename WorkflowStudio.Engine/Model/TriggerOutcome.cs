namespace WorkflowStudio.Engine.Model;

/// <summary>What a trigger did with an event.</summary>
public enum TriggerOutcome
{
    /// <summary>It started a run.</summary>
    Started = 0,

    /// <summary>It started none.</summary>
    Refused = 1,
}
