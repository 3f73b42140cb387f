using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>What is known of a run: a fold over its journal. Immutable; two folds over the same entries are equal in effect.</summary>
public sealed record RunState
{
    /// <summary>The state before the first event, for a plan with this many steps.</summary>
    public static RunState Before(int steps) =>
        new() { Steps = ImmutableArray.CreateRange(Enumerable.Repeat(StepState.NotStarted, steps)) };

    /// <summary>The status of the run.</summary>
    public RunStatus Status { get; init; }

    /// <summary>The data that started it; undefined before the first event.</summary>
    public JsonElement Payload { get; init; }

    /// <summary>The steps, by their index in the plan.</summary>
    public required ImmutableArray<StepState> Steps { get; init; }

    /// <summary>The iterations that are under way, in their order: whatever walks them does it in the same way on every server.</summary>
    public ImmutableSortedDictionary<FrameKey, RunFrame> Frames { get; init; } =
        ImmutableSortedDictionary.Create<FrameKey, RunFrame>(FrameOrder.Instance);

    /// <summary>The step at which a test run ends; null for a run that goes to its end.</summary>
    public string? UpTo { get; init; }

    /// <summary>The number of the last signal that was sent with what started it: only later ones are for its steps.</summary>
    public long Heard { get; init; }

    /// <summary>The trace in which it was started, see <see cref="RunEvent.RunStarted.TraceParent"/>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What it does otherwise than runs that began before.</summary>
    public RunFlags Flags { get; init; }

    /// <summary>How many messages it has sent.</summary>
    public int Messages { get; init; }

    /// <summary>The number of the last event.</summary>
    public long Seq { get; init; }

    /// <summary>When the first event was recorded.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last event was recorded.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>How many lines of the log were written.</summary>
    public int LogLines { get; init; }

    /// <summary>
    /// How many entries belong to iterations, or to rounds that are over: those that do not count towards the limit of a run.
    /// </summary>
    public long Uncounted { get; init; }

    /// <summary>How much data its entries carry, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>
    /// How much data is still held, for later steps to refer to, in bytes: what iterations and rounds left behind them is not.
    /// </summary>
    public long Held { get; init; }

    /// <summary>What it gives to whoever started it; undefined before its end, and for nothing.</summary>
    public JsonElement Output { get; init; }

    /// <summary>Why it failed.</summary>
    public RunEvent.RunFailed? Failure { get; init; }

    /// <summary>Why the engine paused it; null when it is not paused, or somebody did.</summary>
    public SetAside? SetAside { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool IsFinal => Status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;

    /// <summary>How many steps have run to their end. One that failed counts: it ran. One that was skipped or canceled does not.</summary>
    public int StepsDone => Steps.Count(s => s.HasRun);

    /// <summary>The earliest time at which a step has to be called again; null when none waits for a time.</summary>
    public DateTimeOffset? NextWake
    {
        get
        {
            var next = Earliest(Steps, null);
            if (Frames.IsEmpty) return next;
            foreach (var frame in Frames.Values) next = Earliest(frame.Steps, next);
            return next;
        }
    }

    /// <summary>The step at a place; null when its iteration is not under way.</summary>
    internal StepState? this[StepPlace place]
    {
        get
        {
            var (step, iteration) = place;
            return step.Region == 0
                ? Steps[step.Index]
                : Frames.TryGetValue(new FrameKey(step.Region, iteration!), out var frame) ? frame.Steps[step.Local] : null;
        }
    }

    /// <summary>
    /// Tells the times apart at which a step stands at the same place, in rounds of its own and of the for-eachs around it: nothing as long
    /// as nothing has begun anew, then for example <c>#2</c>, or <c>#2.0</c> inside a for-each that goes its second round.
    /// </summary>
    internal string TurnOf(StepPlace place)
    {
        var (step, iteration) = place;
        var around = step.Region == 0 ? "" : Frames.TryGetValue(new FrameKey(step.Region, iteration!), out var frame) ? frame.Turn : "";
        var round = this[place]?.Round ?? 0;
        if (around.Length > 0) return string.Create(CultureInfo.InvariantCulture, $"{around}.{round}");
        return round == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{round}");
    }

    /// <summary>The state with another state of one step. Its iteration has to be under way.</summary>
    internal RunState With(StepPlace place, StepState next)
    {
        var (step, iteration) = place;
        if (step.Region == 0)
            return this with { Steps = Steps.SetItem(step.Index, next), Held = Held + next.Held - Steps[step.Index].Held };
        var key = new FrameKey(step.Region, iteration!);
        var frame = Frames[key];
        return this with
        {
            Frames = Frames.SetItem(key, frame with { Steps = frame.Steps.SetItem(step.Local, next) }),
            Held = Held + next.Held - frame.Steps[step.Local].Held,
        };
    }

    private static DateTimeOffset? Earliest(ImmutableArray<StepState> steps, DateTimeOffset? next)
    {
        foreach (var step in steps)
            if (step.Status is StepStatus.Waiting or StepStatus.Retrying && step.Until is { } until && (next is null || until < next))
                next = until;
        return next;
    }
}

/// <summary>Why the engine paused a run.</summary>
/// <param name="Code">The reason, as in <see cref="RunEvent.RunPaused"/>.</param>
/// <param name="Message">The reason, for people.</param>
/// <param name="Until">When it goes on by itself; null when somebody has to resume it.</param>
public sealed record SetAside(string Code, string? Message, DateTimeOffset? Until);

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

    /// <summary>
    /// Why it is being called; kept so that a call that a crash cut off, or that failed and is tried again, is made in the same way.
    /// </summary>
    public NodeWake Wake { get; init; } = NodeWake.FirstCall;

    /// <summary>When it was first called, or skipped.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Since when signals are for it: its first call in this round.</summary>
    public DateTimeOffset? ListensSince { get; init; }

    /// <summary>The number of the last signal that woke it; later ones are still for it.</summary>
    public long Heard { get; init; }

    /// <summary>The rule that a signal has to meet; undefined for none.</summary>
    public JsonElement Match { get; init; }

    /// <summary>How often a link that leads back began it anew.</summary>
    public int Round { get; init; }

    /// <summary>The iterations, while it is <see cref="StepStatus.Looping"/>.</summary>
    public LoopState? Loop { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many entries of the journal are about it, in this round.</summary>
    public int Events { get; init; }

    /// <summary>The place in the journal at which it was over; newer outputs have larger ones.</summary>
    public long EndedSeq { get; init; }

    /// <summary>The failure of the last try.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The failure of the last try, for people.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The failure of the run that it started; undefined where there is none.</summary>
    public JsonElement Cause { get; init; }

    /// <summary>How much data it holds, in bytes.</summary>
    internal long Held =>
        State.RunLimits.SizeOf(Output) + State.RunLimits.SizeOf(Memory) + State.RunLimits.SizeOf(Wake.Data) + (Loop?.Held ?? 0);

    /// <summary>Whether it ran to its end, good or bad.</summary>
    public bool HasRun => Status is StepStatus.Done or StepStatus.Failed;

    /// <summary>Whether nothing more happens to it.</summary>
    public bool IsOver => Status is StepStatus.Done or StepStatus.Failed or StepStatus.Skipped or StepStatus.Canceled;
}
