using System.Text.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>What a workflow does: how it starts, its steps and how they are linked. Immutable; layout is not part of it.</summary>
public sealed record WorkflowDefinition
{
    /// <summary>The largest number of nodes a definition may have (design/engine.md, "Limits").</summary>
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

    /// <summary>Fields of the dialect that made the workflow and that the model has no place for, verbatim; an object or undefined.</summary>
    public JsonElement Extensions { get; init; }

    /// <summary>A workflow that starts by hand and has no steps yet.</summary>
    public static WorkflowDefinition Empty { get; } = new() { Trigger = new WorkflowTrigger { Type = "manual" } };

    /// <summary>The node with this id, or null.</summary>
    public WorkflowNode? Node(string id) => Nodes.FirstOrDefault(n => n.Id == id);
}

/// <summary>How runs of a workflow start.</summary>
public sealed record WorkflowTrigger
{
    /// <summary>The trigger type: <c>manual</c> or <c>webhook</c> so far.</summary>
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
    /// <summary>Unique within the workflow, 1 to 100 characters, letters, digits, <c>_</c> and <c>-</c>; links and expressions name it.</summary>
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
}

/// <summary>How often a failed step is tried again, when the failure is worth trying again.</summary>
/// <param name="Attempts">All tries together, 1 to 20.</param>
/// <param name="Delay">The time before the second try, up to 1 day.</param>
/// <param name="Exponential">Whether the time doubles from try to try (up to 1 day) or stays.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan Delay, bool Exponential);

/// <summary>A link from a port of one step (or the start) to another step.</summary>
/// <param name="From">The id of a node, or <see cref="WorkflowDefinition.TriggerId"/>.</param>
/// <param name="FromPort">The port of <paramref name="From"/>; null means its first.</param>
/// <param name="To">The id of a node.</param>
public sealed record LinkConnection(string From, string? FromPort, string To);

/// <summary>Settings of a whole workflow.</summary>
public sealed record WorkflowSettings
{
    /// <summary>No setting made.</summary>
    public static WorkflowSettings None { get; } = new();

    /// <summary>The IANA zone in which dates are read and written; null means the workspace's.</summary>
    public string? TimeZone { get; init; }
}
