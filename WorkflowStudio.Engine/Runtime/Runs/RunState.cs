using System.Collections.Immutable;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Runs;

/// <summary>What is known of a run: a fold over its journal. Immutable; two folds over the same entries are equal in effect.</summary>
public sealed record RunState
{
    /// <summary>The state before the first event, for a plan with this many steps.</summary>
    public static RunState Before(int steps) => new() { Steps = ImmutableArray.CreateRange(Enumerable.Repeat(StepState.NotStarted, steps)) };

    /// <summary>The status of the run.</summary>
    public RunStatus Status { get; init; }

    /// <summary>The data that started it; undefined before the first event.</summary>
    public JsonElement Payload { get; init; }

    /// <summary>The steps, by their index in the plan.</summary>
    public required ImmutableArray<StepState> Steps { get; init; }

    /// <summary>The number of the last event.</summary>
    public long Seq { get; init; }

    /// <summary>When the first event was recorded.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last event was recorded.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>How many lines of the log were written.</summary>
    public int LogLines { get; init; }

    /// <summary>How much data its entries carry, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>What it gives to whoever started it; undefined before its end, and for nothing.</summary>
    public JsonElement Output { get; init; }

    /// <summary>Why it failed.</summary>
    public RunEvent.RunFailed? Failure { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool IsFinal => Status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;

    /// <summary>How many steps are over.</summary>
    public int StepsOver => Steps.Count(s => s.IsOver);

    /// <summary>The earliest time at which a step has to be called again; null when none waits for a time.</summary>
    public DateTimeOffset? NextWake => Steps.Where(s => s.Status is StepStatus.Waiting or StepStatus.Retrying).Min(s => s.Until);
}

/// <summary>What is known of one step.</summary>
public sealed record StepState
{
    /// <summary>Its turn has not come.</summary>
    public static StepState NotStarted { get; } = new();

    /// <summary>The status.</summary>
    public StepStatus Status { get; init; }

    /// <summary>The number of the present or last try; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The output; undefined before it is done.</summary>
    public JsonElement Output { get; init; }

    /// <summary>The port taken; null means the first.</summary>
    public string? Port { get; init; }

    /// <summary>When it is called again; null when it does not wait for a time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The signal that wakes it.</summary>
    public string? Signal { get; init; }

    /// <summary>What it waits for, in words.</summary>
    public string? Caption { get; init; }

    /// <summary>What it wants to know when it is called again.</summary>
    public JsonElement Memory { get; init; }

    /// <summary>Why it is being called; kept so that a call that a crash cut off, or that failed and is tried again, is made in the same way.</summary>
    public NodeWake Wake { get; init; } = NodeWake.FirstCall;

    /// <summary>When it was first called, or skipped.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Since when it has heard no signal: its first call, or the last signal that woke it. One sent since then is still for it.</summary>
    public DateTimeOffset? ListensSince { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The place in the journal at which it was over; newer outputs have larger ones.</summary>
    public long EndedSeq { get; init; }

    /// <summary>The failure of the last try.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The failure of the last try, for people.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Whether nothing more happens to it.</summary>
    public bool IsOver => Status is StepStatus.Done or StepStatus.Failed or StepStatus.Skipped or StepStatus.Canceled;
}
