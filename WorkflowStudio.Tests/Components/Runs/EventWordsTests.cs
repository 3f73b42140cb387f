using System.Text.Json;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Runs;

/// <summary>
/// The log says in two places what happened: for people on the run's page, and for programs that read it. Neither may lack a kind of event.
/// </summary>
public sealed class EventWordsTests
{
    private static readonly RunEvent[] OneOfEach =
    [
        new RunEvent.RunStarted(JsonElement.Parse("{}")), new RunEvent.StepStarted("a", 2),
        new RunEvent.StepCompleted("a", 1, default, null),
        new RunEvent.StepFailed("a", 1, "no_luck", "No luck."), new RunEvent.RetryScheduled("a", 1, "busy", "It was busy.", default),
        new RunEvent.StepParked("a", 1, null, null, default, null), new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null),
        new RunEvent.LoopStarted("a", 1, JsonElement.Parse("[1]"), 1, false),
        new RunEvent.IterationEnded("a", default, null, null) { Iteration = "0" },
        new RunEvent.RoundStarted("a"), new RunEvent.StepSkipped("a"), new RunEvent.Log("a", 1, NodeLogLevel.Info, "A line."),
        new RunEvent.RunCompleted(), new RunEvent.RunFailed("no_luck", "No luck."), new RunEvent.RunCanceled("Dana"),
        new RunEvent.RunPaused("Dana", null, null), new RunEvent.RunResumed("Dana"),
    ];

    [Fact]
    public async Task Events_OfEveryKind_HaveWordsInBothLogs()
    {
        Assert.Equal(Enum.GetValues<RunEventKind>(), OneOfEach.Select(e => e.Kind).Order());
        await using var store = await WatchedFixture.CreateAsync(1);
        using var run = await store.WatchAsync();
        var format = new StudioFormat("UTC", store.Harness.Clock);

        Assert.All(OneOfEach, e =>
        {
            var entry = new JournalEntry(1, default, e);
            Assert.False(string.IsNullOrWhiteSpace(RunLogLine.Of(run, null, entry, format)?.Text));
            var told = RunLogEntry.Of(entry);
            Assert.NotEqual("event", told.Event);
            Assert.NotEmpty(told.Message);
        });
    }
}
