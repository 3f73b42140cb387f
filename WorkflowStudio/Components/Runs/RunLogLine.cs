using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>A line of the log as people read it.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Tone">A status colour, or null for an ordinary line.</param>
/// <param name="Icon">The mark, or null.</param>
public sealed record RunLogLine(
    long Seq, DateTimeOffset At, string Step, string? StepId, string Text, string? Tone = null, string? Icon = null)
{
    /// <summary>Whether it speaks of what is searched for.</summary>
    public bool Matches(string? text) => string.IsNullOrWhiteSpace(text)
        || Text.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase) || Step.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The line of an entry; null for entries that say nothing new to people.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">What was recorded right before it; null for the first entry.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="format">How times are written.</param>
    public static RunLogLine? Of(RunWatch run, RunEvent? before, JournalEntry entry, StudioFormat format)
    {
        var (seq, at, e) = entry;
        if (IsSaid(before, e)) return null;
        var step = StepNames.Of(run, e.NodeId ?? WorkflowDefinition.TriggerId);
        var place = IterationWords.Place(e.Iteration);
        if (place is not null && e is not RunEvent.IterationEnded) step = $"{step}, {place}";
        return e switch
        {
            RunEvent.RunStarted =>
                new(seq, at, step, WorkflowDefinition.TriggerId, run.Subject is { } subject ? $"Started for {subject}" : "Started"),
            RunEvent.StepStarted { Try: > 1 } s => Line($"Try {s.Try} begins"),
            RunEvent.StepStarted => null,
            RunEvent.StepCompleted { Port: { } port } when run.ShapeOf(e.NodeId!) is { BodyPort: null, Ports: { Count: > 1 } ports } =>
                Line(Way(ports, port), "done", "check_circle"),
            RunEvent.StepCompleted => Line("Done", "done", "check_circle"),
            RunEvent.StepFailed s when before is RunEvent.IterationEnded { Code: { } code } && code == s.Code =>
                Line($"Stopped at {IterationWords.Place(before.Iteration)}", "failed", "error"),
            RunEvent.StepFailed s => Line(s.Message, "failed", "error"),
            RunEvent.RetryScheduled s => Line($"{s.Message} Trying again in {StudioFormat.Duration(s.At - at)}.", "waiting", "refresh"),
            RunEvent.StepParked s => Line(Wait(s, format), "waiting", "schedule"),
            RunEvent.StepWoken s => Line(Woken(s)),
            RunEvent.StepSkipped => Line("Skipped, the run took another way", "skipped", "do_not_disturb_on"),
            RunEvent.Log { Level: NodeLogLevel.Warning } s => Line(s.Text, "waiting", "warning"),
            RunEvent.Log { Level: NodeLogLevel.Error } s => Line(s.Text, "failed", "error"),
            RunEvent.Log s => Line(s.Text),
            RunEvent.LoopStarted s => Line(Items(s), "running", "repeat"),
            RunEvent.IterationEnded { Code: null } => Line($"{Capital(place!)} is done", "done", "check_circle"),
            RunEvent.IterationEnded s => Line($"{Capital(place!)} failed: {s.Message ?? s.Code}", "failed", "error"),
            RunEvent.RoundStarted => Line("Another round begins", "running", "replay"),
            RunEvent.RunPaused { Message: not null } s => new(seq, at, "Run", null, Paused(s, format), "failed", "pause_circle"),
            RunEvent.RunPaused s => new(seq, at, "Run", null, $"Paused by {s.By}", "waiting", "pause_circle"),
            RunEvent.RunResumed s => new(seq, at, "Run", null, $"Resumed by {s.By}", null, "play_arrow"),
            RunEvent.RunCompleted s =>
                new(seq, at, "Run", null, s.Early is { } early ? $"Done early: {early}" : "Done", "done", "check_circle"),
            RunEvent.RunFailed when before is RunEvent.StepFailed => new(seq, at, "Run", null, "Stopped", "failed", "error"),
            RunEvent.RunFailed s => new(seq, at, "Run", null, s.Message, "failed", "error"),
            RunEvent.RunCanceled { By: "concurrency" } =>
                new(seq, at, "Run", null, "Canceled: its workflow may have no more runs at once", "skipped", "block"),
            RunEvent.RunCanceled s => new(seq, at, "Run", null, $"Canceled by {s.By}", "skipped", "block"),
            _ => null,
        };

        RunLogLine Line(string text, string? tone = null, string? icon = null) => new(seq, at, step, e.NodeId, text, tone, icon);
    }

    // a step's own line says what it did, waits for or failed of; "Done", "Waits" or "Item 2 failed" right below it would say it twice
    private static bool IsSaid(RunEvent? before, RunEvent e) => (before, e) switch
    {
        (RunEvent.Log { Level: NodeLogLevel.Info }, RunEvent.StepCompleted { Port: null } or RunEvent.StepParked) =>
            before.NodeId == e.NodeId && before.Iteration == e.Iteration,
        (RunEvent.StepFailed, RunEvent.IterationEnded { Code: not null }) => before.Iteration == e.Iteration,
        _ => false,
    };

    private static string Way(IReadOnlyList<NodePort> ports, string port) =>
        port == NodePort.All
            ? "Done, the run took every way"
            : $"Done, the run took {ports.FirstOrDefault(p => p.Id == port)?.Label ?? port}";

    private static string Wait(RunEvent.StepParked parked, StudioFormat format)
    {
        var until = parked.Until is { } time ? $"Waits until {format.DateTime(time)}" : "Waits";
        return parked.Caption is { Length: > 0 } caption ? $"{until}: {caption}" : until;
    }

    private static string Paused(RunEvent.RunPaused paused, StudioFormat format) =>
        paused.Until is { } until ? $"{paused.Message} The next try is at {format.DateTime(until)}." : paused.Message!;

    private static string Items(RunEvent.LoopStarted loop)
    {
        var count = loop.Items.ValueKind == System.Text.Json.JsonValueKind.Array ? loop.Items.GetArrayLength() : 0;
        if (count == 0) return "The list is empty, so there is nothing to go through";
        var all = StudioFormat.Count(count, "item", "items");
        return loop.Known.Count == 0 ? $"Goes through {all}" : $"Goes through {all}, {loop.Known.Count} of them taken over";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Woken(RunEvent.StepWoken woken) => woken switch
    {
        { By: { Length: > 0 } by } => $"Woken by {by}",
        { Why: NodeWakeKind.Signal } => "What it waited for has happened",
        _ => "Its time has come",
    };
}
