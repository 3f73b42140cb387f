using System.Text.Json;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class StepTriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AStepWithoutARecordedStart_BeginsWhenTheStepBeforeWasOver()
    {
        var tries = Of("trigger > a:x > b:x", (0, new RunEvent.RunStarted(default)), (2, Done("a")), (5, Done("b")));
        Assert.Equal(new StepStretch(StepStatus.Done, At(0), At(2), 1, null), Assert.Single(tries["a"]));
        Assert.Equal(new StepStretch(StepStatus.Done, At(2), At(5), 1, null), Assert.Single(tries["b"]));
    }

    [Fact]
    public void Of_ATryThatFailedAndOneThatWorked_AreTwoStretches()
    {
        var tries = Of(
            "trigger > a:x",
            (0, new RunEvent.RunStarted(default)), (0, new RunEvent.StepStarted("a", 1)), (1, new RunEvent.RetryScheduled("a", 1, "busy", "It was busy.", At(9))),
            (9, new RunEvent.StepStarted("a", 2)), (10, Done("a", 2)));
        Assert.Equal(
            [new StepStretch(StepStatus.Retrying, At(0), At(1), 1, "It was busy."), new StepStretch(StepStatus.Done, At(9), At(10), 2, null)],
            tries["a"]);
    }

    [Fact]
    public void Of_AStepThatWaitsAndIsWoken_HasTheWaitBetweenTwoCalls()
    {
        var tries = Of(
            "trigger > a:x",
            (0, new RunEvent.RunStarted(default)), (1, new RunEvent.StepParked("a", 1, At(100), null, default, "the visit")),
            (50, new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, "Dana")), (51, Done("a")));
        Assert.Equal(
            [
                new StepStretch(StepStatus.Done, At(0), At(1), 1, null),
                new StepStretch(StepStatus.Waiting, At(1), At(50), 1, "the visit", At(100)),
                new StepStretch(StepStatus.Done, At(50), At(51), 1, null),
            ],
            tries["a"]);
    }

    [Fact]
    public void Of_ARunThatIsCanceledWhileAStepWaits_EndsTheWait()
    {
        var tries = Of("trigger > a:x", (0, new RunEvent.RunStarted(default)), (1, new RunEvent.StepParked("a", 1, null, "paid", default, null)), (8, new RunEvent.RunCanceled("Dana")));
        Assert.Equal(At(8), tries["a"][^1].To);
    }

    private static RunEvent.StepCompleted Done(string step, int number = 1) => new(step, number, JsonElement.Parse("{}"), null);

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Of(string chain, params (int Second, RunEvent Event)[] events) =>
        StepTries.Of(Flows.Of(chain), [.. events.Select((e, i) => new JournalEntry(i + 1, At(e.Second), e.Event))]);
}
