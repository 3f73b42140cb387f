using System.Runtime.InteropServices;
using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>How much one run may write. Past a limit it fails with a code that names the limit.</summary>
internal static class RunLimits
{
    /// <summary>The largest number of journal entries of a run, its log lines apart.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>The largest number of log lines of a run. Further ones are not kept; one more line says so.</summary>
    public const int MaxLogLines = 10_000;

    /// <summary>The most that the journal of a run may hold, in bytes of payloads.</summary>
    public const int MaxBytes = 50 * 1024 * 1024;

    /// <summary>The most entries that a journal can have: events, lines, the one that says that lines were cut, and the end.</summary>
    public const int MostEntries = MaxEvents + MaxLogLines + 3;

    /// <summary>The failure that takes the place of an event that would break a limit; null when it may be recorded.</summary>
    public static RunEvent.RunFailed? Refuse(RunState state, RunEvent e)
    {
        if (e is RunEvent.RunFailed or RunEvent.RunCanceled or RunEvent.RunPaused or RunEvent.RunResumed) return null;
        if (e is not RunEvent.Log && state.Seq - state.LogLines >= MaxEvents)
            return new("too_many_events", $"The run has {MaxEvents:N0} journal entries, the most that are allowed. Split the workflow.");
        return state.Bytes + SizeOf(e) <= MaxBytes
            ? null
            : new("run_too_large", $"The run's journal would exceed {MaxBytes:N0} bytes, the most that are allowed (50 MiB). Let steps give less, or split the workflow.");
    }

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

    private static int SizeOf(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;
}
