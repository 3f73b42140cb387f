using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>What one call of a step came to. A closed set of values: nothing else can happen to a step.</summary>
public abstract record NodeOutcome
{
    private NodeOutcome()
    {
    }

    /// <summary>The step is done.</summary>
    /// <param name="Output">Its output, an object; at most 1 MiB.</param>
    /// <param name="Port">The port through which the run goes on; null means the first.</param>
    public sealed record Completed(JsonElement Output, string? Port = null) : NodeOutcome;

    /// <summary>The step waits. It costs a row, no thread, and is called again with <paramref name="State"/> and what woke it.</summary>
    /// <param name="Until">The time at which it is called again; null waits for the signal alone.</param>
    /// <param name="Signal">The name of the signal that wakes it earlier, for example <c>invoice.paid:0190…</c>; null waits for the time alone.</param>
    /// <param name="State">What the step wants to know when it is called again; an object or undefined.</param>
    /// <param name="Caption">What it waits for, in words for people: "the day after the visit".</param>
    public sealed record Waiting(DateTimeOffset? Until, string? Signal, JsonElement State, string? Caption = null) : NodeOutcome;

    /// <summary>The step failed.</summary>
    /// <param name="Code">A stable name, for example <c>no_free_slot</c>.</param>
    /// <param name="Message">Cause, then remedy, for people.</param>
    /// <param name="Retryable">Whether another try could go better.</param>
    public sealed record Failed(string Code, string Message, bool Retryable = false) : NodeOutcome;
}
