using System.Text.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>What a workflow does: how it starts, its steps and how they are linked. Immutable; layout is not part of it.</summary>
public sealed record WorkflowDefinition
{
    /// <summary>The largest number of nodes a definition may have (docs/decisions.md, "Limits of a definition").</summary>
    public const int MaxNodes = 500;

    /// <summary>The largest number of links a definition may have.</summary>
    public const int MaxLinks = 2_000;

    /// <summary>The reserved id of the start: links begin there, no node may take it.</summary>
    public const string TriggerId = "trigger";

    /// <summary>How runs start.</summary>
    public required WorkflowTrigger Trigger { get; init; }

    /// <summary>The steps, in the order in which they were given.</summary>
    public IReadOnlyList<WorkflowNode> Nodes { get; init; } = [];

    /// <summary>The links between steps.</summary>
    public IReadOnlyList<LinkConnection> Links { get; init; } = [];

    /// <summary>Settings of the whole workflow.</summary>
    public WorkflowSettings Settings { get; init; } = WorkflowSettings.None;

    /// <summary>
    /// Fields of the dialect that made the workflow and that the model has no place for, verbatim; an object or undefined.
    /// </summary>
    public JsonElement Extensions { get; init; }

    /// <summary>A workflow that starts by hand and has no steps yet.</summary>
    public static WorkflowDefinition Empty { get; } = new() { Trigger = new WorkflowTrigger { Type = "manual" } };

    /// <summary>The node with this id, or null.</summary>
    public WorkflowNode? Node(string id) => Nodes.FirstOrDefault(n => n.Id == id);
}

/// <summary>How runs of a workflow start.</summary>
public sealed record WorkflowTrigger
{
    /// <summary>The trigger type: <c>manual</c>, <c>schedule</c> or <c>webhook</c> so far.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the event that starts a run, for example <c>contact_form_submission</c>; null when any will do.</summary>
    public string? Event { get; init; }

    /// <summary>Settings of the trigger type; an object or undefined.</summary>
    public JsonElement Config { get; init; }

    /// <summary>A JSON Logic rule over the event; undefined means that every event starts a run.</summary>
    public JsonElement Constraints { get; init; }
}

/// <summary>One step of a workflow (called "step" on pages).</summary>
public sealed record WorkflowNode
{
    /// <summary>The port that a failed step takes when <see cref="OnError"/> says so.</summary>
    public const string ErrorPort = "error";

    /// <summary>Whether a step can have this id.</summary>
    public static bool CanBeId(string id) => id.Length is >= 1 and <= WorkflowLimits.IdLength && id != WorkflowDefinition.TriggerId
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>
    /// Unique within the workflow, 1 to 100 characters, letters, digits, <c>_</c> and <c>-</c>; links and expressions name it.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The name of a step type in the catalog.</summary>
    public required string Type { get; init; }

    /// <summary>What people call the step; may be empty, then the type's title is shown.</summary>
    public string Name { get; init; } = "";

    /// <summary>The step's settings as the type's schema describes them, unknown keys kept; an object or undefined.</summary>
    public JsonElement Config { get; init; }

    /// <summary>What a failure of the step means for the run.</summary>
    public OnError OnError { get; init; }

    /// <summary>How often and when the step is tried again; null means once.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The longest time that one try may take; null means the engine's default of 2 minutes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A disabled step is passed through: its successors run as if it had completed without an output.</summary>
    public bool Disabled { get; init; }
}

/// <summary>What the failure of a step means for its run.</summary>
public enum OnError
{
    /// <summary>The run fails.</summary>
    Fail = 0,

    /// <summary>The run goes on through the step's first port, without an output.</summary>
    Continue = 1,

    /// <summary>
    /// The run goes on through the step's port <see cref="WorkflowNode.ErrorPort"/>, with <c>error.code</c> and <c>error.message</c> as its
    /// output.
    /// </summary>
    Port = 2,
}

/// <summary>How often a failed step is tried again, when the failure is worth trying again.</summary>
/// <param name="Attempts">All tries together, 1 to 20.</param>
/// <param name="Delay">The time before the second try, up to 1 day; <see cref="UsualDelay"/> when none is given.</param>
/// <param name="Exponential">Whether the time doubles from try to try (up to 1 day) or stays.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan Delay, bool Exponential)
{
    /// <summary>The time before the second try where none is given: 30 seconds.</summary>
    public static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the time is drawn between half and the whole of what it would be, so that many runs do not come back at once.
    /// </summary>
    public bool Jitter { get; init; }

    /// <summary>The codes of failures that are tried again; empty means those that the step itself calls worth it.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(RetryPolicy? other) => other is not null && Attempts == other.Attempts && Delay == other.Delay
        && Exponential == other.Exponential && Jitter == other.Jitter && Codes.SequenceEqual(other.Codes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Attempts, Delay, Exponential, Jitter, Codes.Count);
}

/// <summary>A link from a port of one step (or the start) to another step.</summary>
/// <param name="From">The id of a node, or <see cref="WorkflowDefinition.TriggerId"/>.</param>
/// <param name="FromPort">The port of <paramref name="From"/>; null means its first.</param>
/// <param name="To">The id of a node.</param>
public sealed record LinkConnection(string From, string? FromPort, string To)
{
    /// <summary>
    /// For steps that go round, on any link between them: how often they may begin anew in one run, 1 to 1,000; then the run fails as
    /// <c>too_many_rounds</c>. Null means no bound.
    /// </summary>
    public int? MaxRounds { get; init; }
}

/// <summary>Settings of a whole workflow.</summary>
public sealed record WorkflowSettings
{
    /// <summary>No setting made.</summary>
    public static WorkflowSettings None { get; } = new();

    /// <summary>The IANA zone in which dates are read and written; null means the workspace's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The longest time that a run may take from its start, 1 second to 366 days; then it fails as <c>run_timeout</c>. Null means none.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many runs may be under way at once; null means any number.</summary>
    public ConcurrencyRule? Concurrency { get; init; }

    /// <summary>When a run ends early, and well; null means never.</summary>
    public ExitConditions? Exit { get; init; }

    /// <summary>The workflow that is started when a run fails: its id (<c>wf_…</c>) or its slug; null means none.</summary>
    public string? ErrorWorkflow { get; init; }

    /// <summary>Values that expressions know as <c>$vars</c>; an object or undefined.</summary>
    public System.Text.Json.JsonElement Variables { get; init; }
}

/// <summary>How many runs of a workflow may be under way at once.</summary>
/// <param name="Max">The number, 1 to 1,000.</param>
/// <param name="Beyond">What happens to a start beyond it.</param>
public sealed record ConcurrencyRule(int Max, BeyondConcurrency Beyond);

/// <summary>What happens to a start when as many runs as allowed are under way.</summary>
public enum BeyondConcurrency
{
    /// <summary>It waits for its turn, in the order of starts.</summary>
    Queue = 0,

    /// <summary>It is recorded as canceled and never begins.</summary>
    Skip = 1,

    /// <summary>The oldest run under way is canceled, and it begins once that has ended.</summary>
    Replace = 2,
}

/// <summary>When a run ends early, and well (docs/decisions.md, "Exit conditions").</summary>
/// <param name="MaxMessages">After this many messages, 1 to 50; null means any number.</param>
/// <param name="TimeoutDays">After this many days, 1 to 90; null means never.</param>
public sealed record ExitConditions(int? MaxMessages, int? TimeoutDays);
