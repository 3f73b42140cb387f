using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Operations.Runs;

/// <summary>One line of a run's log.</summary>
internal sealed record RunLogEntry(
    long Seq, DateTimeOffset At, string Level, string Event, string? NodeId, int Attempt, string Message, string? Iteration = null)
{
    /// <summary>Whether nothing comes after it.</summary>
    public bool EndsRun => Event is "run_completed" or "run_failed" or "run_canceled";

    /// <summary>The line of an entry of the journal.</summary>
    public static RunLogEntry Of(JournalEntry entry)
    {
        var (level, name, message) = entry.Event switch
        {
            RunEvent.RunStarted => ("info", "run_started", "The run was accepted."),
            RunEvent.StepStarted => ("info", "node_started", "The step is being worked on."),
            RunEvent.StepCompleted => ("info", "node_completed", "The step is done."),
            RunEvent.StepFailed e => ("error", "node_failed", e.Message),
            RunEvent.RetryScheduled e => ("warning", "retry_scheduled", e.Message),
            RunEvent.StepParked e => ("info", "node_waiting", e.Caption is { } caption ? $"Waits for {caption}." : "The step waits."),
            RunEvent.StepWoken { By: { } by, Signal: { } signal } =>
                ("info", "node_woken", $"The step goes on: {by} sent the signal {signal}."),
            RunEvent.StepWoken { By: { } by } => ("info", "node_woken", $"The step goes on: {by} woke it."),
            RunEvent.StepWoken { Signal: { } signal } => ("info", "node_woken", $"The step goes on: the signal {signal} came."),
            RunEvent.StepWoken => ("info", "node_woken", "The step goes on: its time has come."),
            RunEvent.StepSkipped => ("info", "node_skipped", "The run went another way."),
            RunEvent.Log e =>
                (e.Level switch { NodeLogLevel.Error => "error", NodeLogLevel.Warning => "warning", _ => "info" }, "log", e.Text),
            RunEvent.LoopStarted e => ("info", "loop_started", $"The steps behind it are run for {Items(e.Items)}."),
            RunEvent.IterationEnded { Code: null } => ("info", "iteration_ended", "The iteration is done."),
            RunEvent.IterationEnded e => ("error", "iteration_ended", e.Message ?? "The iteration failed."),
            RunEvent.RoundStarted => ("info", "round_started", "Another round begins."),
            RunEvent.RunPaused e => ("warning", "run_paused", e.Message ?? $"Paused by {e.By}."),
            RunEvent.RunResumed e => ("info", "run_resumed", $"Resumed by {e.By}."),
            RunEvent.RunCompleted e => ("info", "run_completed", e.Early ?? "Every step is over."),
            RunEvent.RunFailed e => ("error", "run_failed", e.Message),
            RunEvent.RunCanceled e => ("warning", "run_canceled", $"Ended by {e.By}."),
            _ => ("info", "event", ""),
        };
        return new RunLogEntry(entry.Seq, entry.At, level, name, entry.Event.NodeId, entry.Event.Attempt, message, entry.Event.Iteration);
    }

    private static string Items(JsonElement items) => (items.ValueKind == JsonValueKind.Array ? items.GetArrayLength() : 0) switch
    {
        1 => "1 item",
        var count => $"{count} items",
    };
}
