using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Events;

/// <summary>What the trigger of a version listens for, and what it then starts.</summary>
/// <param name="Event">The name of the event; empty when it names none.</param>
/// <param name="Rule">Its constraints.</param>
/// <param name="Concurrency">How many runs of the workflow there may be at a time.</param>
internal sealed record EventTrigger(string Event, StartRule Rule, ConcurrencyRule? Concurrency)
{
    /// <summary>The trigger of a version.</summary>
    public static EventTrigger Of(WorkflowDefinition version) =>
        new(version.Trigger.Event ?? "", StartRule.Of(version.Trigger.Constraints), version.Settings.Concurrency);

    /// <summary>The workflow as a listener for the event; null when it listens for another.</summary>
    public EventListener? For(string type, ActiveVersion active) =>
        type == Event ? new EventListener(active.WorkflowId, active.Serial, Rule, Concurrency) : null;
}

/// <summary>The version of a workflow that runs.</summary>
internal sealed record ActiveVersion(Guid WorkflowId, long Serial);

/// <summary>A workflow that an event of some type may start.</summary>
internal sealed record EventListener(Guid WorkflowId, long Serial, StartRule Rule, ConcurrencyRule? Concurrency);
