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
    /// <param name="Signal">The name of the signal that wakes it earlier, for example <c>invoice.paid:0190…</c>; null waits for the time
    /// alone.</param>
    /// <param name="State">What the step wants to know when it is called again; an object or undefined.</param>
    /// <param name="Caption">What it waits for, in words for people: "the day after the visit".</param>
    /// <param name="Match">A JSON Logic rule over <c>{"data": what the signal carries}</c>; a signal for which it does not hold wakes
    /// nobody. Undefined takes every signal.</param>
    public sealed record Waiting(
        DateTimeOffset? Until, string? Signal, JsonElement State, string? Caption = null, JsonElement Match = default) : NodeOutcome;

    /// <summary>
    /// The steps behind <see cref="NodeShape.BodyPort"/> are run once for each item; then the step is done with the output
    /// <c>{items, count, failed}</c>: what each iteration collected (null where it failed), how many there were, how many failed.
    /// </summary>
    /// <param name="Items">A list, at most 10,000 items.</param>
    /// <param name="Concurrency">How many iterations may be under way at once, 1 to 50.</param>
    /// <param name="KeepGoing">Whether an iteration that fails leaves the others alone; otherwise it fails the step.</param>
    public sealed record ForEach(JsonElement Items, int Concurrency, bool KeepGoing) : NodeOutcome;

    /// <summary>
    /// Another workflow is started, in the same commit. With <paramref name="Wait"/> the step is called again when that run has ended:
    /// woken by a signal that carries <c>{run_id, status, output, error}</c>.
    /// </summary>
    /// <param name="Workflow">Its id (<c>wf_…</c>) or slug, in the same workspace and environment.</param>
    /// <param name="Payload">The data that starts it.</param>
    /// <param name="Wait">Whether to wait for its end; otherwise the step is done with <c>{run_id}</c>.</param>
    public sealed record StartRun(string Workflow, JsonElement Payload, bool Wait) : NodeOutcome;

    /// <summary>The step is done and with it the run: steps that are still open are canceled.</summary>
    /// <param name="Output">The output of the step, and of the run.</param>
    public sealed record EndRun(JsonElement Output) : NodeOutcome;

    /// <summary>The step failed.</summary>
    /// <param name="Code">A stable name, for example <c>no_free_slot</c>.</param>
    /// <param name="Message">Cause, then remedy, for people.</param>
    /// <param name="Retryable">Whether another try could go better.</param>
    /// <param name="RetryAfter">How long the other side wants to be left alone before the next try; null when it did not say.</param>
    public sealed record Failed(string Code, string Message, bool Retryable = false, TimeSpan? RetryAfter = null) : NodeOutcome
    {
        /// <summary>
        /// The failure elsewhere that is behind this one, which later steps read as <c>error.cause</c>; an object or undefined.
        /// </summary>
        public JsonElement Cause { get; init; }
    }
}
