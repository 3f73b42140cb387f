using System.Text.Json;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>One meaningful fact about a run. The state of a run is a fold over its events; nothing else is remembered.</summary>
public abstract record RunEvent
{
    /// <summary>Who did what nobody asked for.</summary>
    public const string Engine = "engine";

    private RunEvent(RunEventKind kind, string? nodeId, int attempt) => (Kind, NodeId, Attempt) = (kind, nodeId, attempt);

    /// <summary>The kind, as it is stored.</summary>
    public RunEventKind Kind { get; }

    /// <summary>The step, or null for events of the run itself.</summary>
    public string? NodeId { get; }

    /// <summary>The number of the try, from 1; 0 for events of the run itself.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The iterations in which the step stands, from the outside in and counted from 0 (<c>3.0</c>); null outside of every for-each.
    /// </summary>
    public string? Iteration { get; init; }

    /// <summary>The run was accepted. Always the first event.</summary>
    /// <param name="Payload">The data that started it.</param>
    public sealed record RunStarted(JsonElement Payload) : RunEvent(RunEventKind.RunStarted, null, 0)
    {
        /// <summary>The step at which a test run ends; null for a run that goes to its end.</summary>
        public string? UpTo { get; init; }

        /// <summary>
        /// The number of the last signal that was sent with what started it, 0 for none: only later ones are for its steps.
        /// </summary>
        public long Heard { get; init; }

        /// <summary>
        /// The trace in which it was started, as W3C's <c>traceparent</c>: every turn of the run goes on in it. Null when no trace was on.
        /// </summary>
        public string? TraceParent { get; init; }

        /// <summary>How ends of runs, and what steps find out, started each other until it; null where none of them started it.</summary>
        public EventChain? Chain { get; init; }

        /// <summary>What it does otherwise than runs that began before.</summary>
        public RunFlags Flags { get; init; }
    }

    /// <summary>A step with an outside effect is about to be called. Durable before the call.</summary>
    public sealed record StepStarted(string Node, int Try) : RunEvent(RunEventKind.StepStarted, Node, Try);

    /// <summary>A step is done.</summary>
    /// <param name="Node">The step.</param>
    /// <param name="Try">The number of the try.</param>
    /// <param name="Output">Its output.</param>
    /// <param name="Port">The port taken; null means the first.</param>
    public sealed record StepCompleted(string Node, int Try, JsonElement Output, string? Port)
        : RunEvent(RunEventKind.StepCompleted, Node, Try);

    /// <summary>A step failed for good.</summary>
    public sealed record StepFailed(string Node, int Try, string Code, string Message) : RunEvent(RunEventKind.StepFailed, Node, Try)
    {
        /// <summary>
        /// The failure of the run that the step started: <c>{code, message, node_id, run_id}</c>; undefined where there is none.
        /// </summary>
        public JsonElement Cause { get; init; }
    }

    /// <summary>A step failed and is tried again.</summary>
    /// <param name="Node">The step.</param>
    /// <param name="Try">The number of the try that failed.</param>
    /// <param name="Code">Why it failed.</param>
    /// <param name="Message">Why, for people.</param>
    /// <param name="At">When the next try begins.</param>
    public sealed record RetryScheduled(string Node, int Try, string Code, string Message, DateTimeOffset At)
        : RunEvent(RunEventKind.RetryScheduled, Node, Try);

    /// <summary>A step waits.</summary>
    public sealed record StepParked(string Node, int Try, DateTimeOffset? Until, string? Signal, JsonElement State, string? Caption)
        : RunEvent(RunEventKind.StepParked, Node, Try)
    {
        /// <summary>The rule that a signal has to meet, see <see cref="NodeOutcome.Waiting.Match"/>; undefined for none.</summary>
        public JsonElement Match { get; init; }
    }

    /// <summary>A waiting step is called again. Durable before the call when the step has an outside effect.</summary>
    public sealed record StepWoken(string Node, int Try, NodeWakeKind Why, string? Signal, JsonElement Data, string? By)
        : RunEvent(RunEventKind.StepWoken, Node, Try)
    {
        /// <summary>The number of the signal: later ones are still for the step. 0 for none.</summary>
        public long SignalId { get; init; }
    }

    /// <summary>The steps behind a step are run once for each item.</summary>
    /// <param name="Node">The step.</param>
    /// <param name="Try">The number of the try.</param>
    /// <param name="Items">The items, a list.</param>
    /// <param name="Concurrency">How many iterations may be under way at once.</param>
    /// <param name="KeepGoing">Whether an iteration that fails leaves the others alone.</param>
    public sealed record LoopStarted(string Node, int Try, JsonElement Items, int Concurrency, bool KeepGoing)
        : RunEvent(RunEventKind.LoopStarted, Node, Try)
    {
        /// <summary>Iterations that are over already, in a run that repeats another.</summary>
        public IReadOnlyDictionary<int, IterationResult> Known { get; init; } = new Dictionary<int, IterationResult>();
    }

    /// <summary>An iteration is over; <see cref="Iteration"/> tells which.</summary>
    /// <param name="Node">The step whose items are run through.</param>
    /// <param name="Output">What it collected; null or undefined when it failed.</param>
    /// <param name="Code">Why it failed; null when it ended well.</param>
    /// <param name="Message">Why, for people.</param>
    public sealed record IterationEnded(string Node, JsonElement Output, string? Code, string? Message)
        : RunEvent(RunEventKind.IterationEnded, Node, 0);

    /// <summary>A link that leads back was taken: the steps of the loop begin anew at this one.</summary>
    public sealed record RoundStarted(string Node) : RunEvent(RunEventKind.RoundStarted, Node, 0);

    /// <summary>The run went another way.</summary>
    public sealed record StepSkipped(string Node) : RunEvent(RunEventKind.StepSkipped, Node, 0);

    /// <summary>A line of the log.</summary>
    public sealed record Log(string Node, int Try, NodeLogLevel Level, string Text) : RunEvent(RunEventKind.Log, Node, Try);

    /// <summary>The run ended well.</summary>
    public sealed record RunCompleted() : RunEvent(RunEventKind.RunCompleted, null, 0)
    {
        /// <summary>What the run gives to whoever started it; undefined for nothing.</summary>
        public JsonElement Output { get; init; }

        /// <summary>Why it ended before every step was over, for people; null when all were.</summary>
        public string? Early { get; init; }
    }

    /// <summary>The run cannot go on.</summary>
    public sealed record RunFailed(string Code, string Message) : RunEvent(RunEventKind.RunFailed, null, 0);

    /// <summary>Somebody ended the run.</summary>
    public sealed record RunCanceled(string By) : RunEvent(RunEventKind.RunCanceled, null, 0);

    /// <summary>Nothing begins any more until the run is resumed.</summary>
    /// <param name="By">Who asked; <c>engine</c> when the run cannot be worked on.</param>
    /// <param name="Code">Why the engine did: <c>crashed_the_server</c>, <c>unreadable</c>; null when somebody asked.</param>
    /// <param name="Message">Why, for people.</param>
    public sealed record RunPaused(string By, string? Code, string? Message) : RunEvent(RunEventKind.RunPaused, null, 0)
    {
        /// <summary>When the engine resumes it by itself; null when somebody has to.</summary>
        public DateTimeOffset? Until { get; init; }
    }

    /// <summary>The run goes on.</summary>
    public sealed record RunResumed(string By) : RunEvent(RunEventKind.RunResumed, null, 0);
}

/// <summary>What an iteration came to.</summary>
/// <param name="Output">What it collected; undefined when it failed.</param>
/// <param name="Code">Why it failed; null when it ended well.</param>
/// <param name="Message">Why, for people.</param>
public readonly record struct IterationResult(JsonElement Output, string? Code, string? Message);

/// <summary>An event with its place in the journal.</summary>
/// <param name="Seq">Counts from 1 within the run, without gaps.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Event">The fact.</param>
public readonly record struct JournalEntry(long Seq, DateTimeOffset At, RunEvent Event);
