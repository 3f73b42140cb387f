using System.Runtime.InteropServices;
using System.Text.Json;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// How much one run may write. Past a limit it fails with a code that names the limit. A for-each is asked at its beginning: what is let in
/// can be done to its end, so entries of iterations count no further, nor do those of rounds that are over.
/// </summary>
internal static class RunLimits
{
    /// <summary>The largest number of journal entries of a run outside of its iterations, its log lines apart.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>The largest number of journal entries of a run with which a further for-each or a further round may begin.</summary>
    public const int MaxJournal = 200_000;

    /// <summary>
    /// The same for a further round of an iteration: rounds with a bound are counted when the for-each begins, so only what waits without
    /// one comes here.
    /// </summary>
    public const int MaxJournalInside = 2 * MaxJournal;

    /// <summary>The largest number of log lines of a run. Further ones are not kept; one more line says so.</summary>
    public const int MaxLogLines = 10_000;

    /// <summary>The most data of a run that later steps can refer to, in bytes of payloads.</summary>
    public const int MaxBytes = 50 * 1024 * 1024;

    /// <summary>The most that the journal of a run may hold, in bytes of payloads.</summary>
    public const int MaxJournalBytes = 256 * 1024 * 1024;

    /// <summary>The most that the iterations of one for-each may collect, in bytes.</summary>
    public const int MaxCollected = 8 * 1024 * 1024;

    /// <summary>The failure of a step whose output is nested too deep.</summary>
    public static NodeOutcome.Failed TooDeep { get; } =
        new("output_too_deep", $"The step's output is nested deeper than {JsonDepth.Most} levels. Pass on the part that is needed.");

    /// <summary>The failure that takes the place of an event that would break a limit; null when it may be recorded.</summary>
    public static RunEvent.RunFailed? Refuse(RunState state, RunEvent e)
    {
        if (e is RunEvent.RunFailed or RunEvent.RunCanceled or RunEvent.RunPaused or RunEvent.RunResumed) return null;
        if (e is not RunEvent.Log && e.Iteration is null && Entries(state) - state.Uncounted >= MaxEvents)
            return new("too_many_events",
                $"The run has {MaxEvents:N0} journal entries outside of its lists, the most that are allowed. Split the workflow.");
        var most = e.Iteration is null ? MaxJournal : MaxJournalInside;
        if (e is RunEvent.RoundStarted && Entries(state) >= most)
            return new("too_many_events",
                $"The run has {most:N0} journal entries: it may not go round once more. Let it end, and start a new run for what follows.");
        var size = SizeOf(e);
        if (state.Held + size > MaxBytes)
            return new("run_too_large", $"The run's journal would exceed {MaxBytes:N0} bytes, the most that are allowed (50 MiB). Let "
                + "steps give less, or split the workflow.");
        return state.Bytes + size <= MaxJournalBytes
            ? null
            : new("run_too_large", $"The run's journal would exceed {MaxJournalBytes:N0} bytes in all, the most that are allowed (256 "
                + "MiB). Let steps give less, or split the workflow.");
    }

    /// <summary>
    /// The failure of a for-each whose iterations would write more than is allowed, before the first begins; null when they may.
    /// </summary>
    public static NodeOutcome.Failed? RefuseLoop(RunPlan plan, RunState state, PlanStep loop, NodeOutcome.ForEach wanted)
    {
        if (loop.Body < 0 || wanted.Items.ValueKind != JsonValueKind.Array) return null;
        var steps = plan.Regions[loop.Body].Steps;
        var body = steps.Count;
        var each = 1 + steps.Sum(step => 2.0 * Rounds(plan.Steps[step])); // a step begins and ends, and so does the iteration
        var (items, room) = (wanted.Items.GetArrayLength(), (long)(Math.Max(0, MaxJournal - Entries(state)) / each));
        return items <= room
            ? null
            : new("too_many_items", $"The list has {items:N0} items; with {body:N0} steps for "
                + $"each{(each > (2 * body) + 1 ? " and their rounds" : "")}, at most {room:N0} are possible in this run. Pass a part of "
                + "the list, or let a workflow of its own do the steps.");
    }

    // how often a step may be gone through in one iteration, as far as its rounds have a bound
    private static double Rounds(PlanStep step) => step.Rounds.Aggregate(1.0, (times, round) => times * (1 + (round.MaxRounds ?? 0)));

    /// <summary>What an event counts, in bytes: the data it carries.</summary>
    public static int SizeOf(RunEvent e) => e switch
    {
        RunEvent.RunStarted s => SizeOf(s.Payload),
        RunEvent.StepCompleted c => SizeOf(c.Output),
        RunEvent.StepParked p => SizeOf(p.State),
        RunEvent.LoopStarted l => SizeOf(l.Items),
        RunEvent.IterationEnded i => SizeOf(i.Output),
        RunEvent.StepWoken w => SizeOf(w.Data),
        RunEvent.Log l => l.Text.Length,
        _ => 0,
    };

    /// <summary>The size of a value, in bytes; 0 when there is none.</summary>
    public static int SizeOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;

    private static long Entries(RunState state) => state.Seq - state.LogLines;
}
