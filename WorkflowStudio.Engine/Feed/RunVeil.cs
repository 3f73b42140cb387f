using System.Text.Json;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>
/// What is left of a run's journal for whoever sees the run that started it, but not its workflow: which steps ran, when, and how they
/// ended; nothing of the data that went through them.
/// </summary>
public static class RunVeil
{
    /// <summary>What stands in the place of texts.</summary>
    public const string Hidden = "Not shown: the workflow of this run is not shared with you.";

    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    /// <summary>The entry without data.</summary>
    public static JournalEntry Over(JournalEntry entry) => entry with { Event = Over(entry.Event) };

    private static RunEvent Over(RunEvent e) => e switch
    {
        RunEvent.RunStarted started => started with { Payload = Nothing },
        RunEvent.StepCompleted done => done with { Output = Nothing },
        RunEvent.StepFailed failed => failed with { Message = Hidden, Cause = default },
        RunEvent.RetryScheduled again => again with { Message = Hidden },
        RunEvent.StepParked parked => parked with { State = Nothing, Match = default, Signal = null, Caption = null },
        RunEvent.StepWoken woken => woken with { Data = Nothing, Signal = null },
        RunEvent.LoopStarted loop => loop with
        {
            Items = Nulls(loop.Items),
            Known = loop.Known.ToDictionary(k => k.Key, k =>
            Over(k.Value))
        },
        RunEvent.IterationEnded ended =>
            ended with { Output = ended.Code is null ? Nothing : default, Message = ended.Message is null ? null : Hidden },
        RunEvent.Log log => log with { Text = Hidden },
        RunEvent.RunCompleted completed => completed with { Output = default, Early = completed.Early is null ? null : Hidden },
        RunEvent.RunFailed failed => failed with { Message = Hidden },
        RunEvent.RunPaused { Message: not null } paused => paused with { Message = Hidden },
        _ => e,
    };

    private static IterationResult Over(IterationResult result) =>
        result with { Output = result.Code is null ? Nothing : default, Message = result.Message is null ? null : Hidden };

    // as many as there were, for the iterations are counted by them
    private static JsonElement Nulls(JsonElement items) => items.ValueKind == JsonValueKind.Array
        ? JsonSerializer.SerializeToElement(new object?[items.GetArrayLength()])
        : items;
}
