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

    [Fact]
    public void Of_AStepInsideAForEach_HasAStretchForEveryItem()
    {
        var tries = Of(
            "trigger > loop:x > a:x > b:x",
            (0, new RunEvent.RunStarted(default)), (4, Done("a") with { Iteration = "0" }), (5, new RunEvent.StepStarted("a", 1) { Iteration = "1" }), (7, Done("b") with { Iteration = "0" }),
            (8, new RunEvent.IterationEnded("loop", default, "e", "No.") { Iteration = "1" }), (9, Done("a") with { Iteration = "2.0" }));
        Assert.Equal(
            [
                new StepStretch(StepStatus.Done, At(2), At(4), 1, null, null, "0"), // its iteration is known to begin then
                new StepStretch(StepStatus.Canceled, At(5), At(8), 1, null, null, "1"),
                new StepStretch(StepStatus.Done, At(9), At(9), 1, null, null, "2.0"),
            ],
            tries["a"]);
        Assert.Equal(new StepStretch(StepStatus.Done, At(4), At(7), 1, null, null, "0"), Assert.Single(tries["b"]));
    }

    [Fact]
    public void Merge_ThousandsOfItems_AreAsManyBarsAsCanBeSeen()
    {
        var items = Enumerable.Range(0, 5_000).Select(i => new StepStretch(i == 70 ? StepStatus.Failed : StepStatus.Done, At(i), At(i + 1), 1, null, null, $"{i}")).ToList();
        items.Add(new StepStretch(StepStatus.Done, At(9_000), null, 1, null, null, "5000"));
        var drawn = ItemStretches.Merge(items, At(9_500));
        Assert.Equal([(StepStatus.Done, At(0), At(5_000)), (StepStatus.Failed, At(70), At(71)), (StepStatus.Done, At(9_000), null)], drawn.Select(d => (d.Status, d.From, d.To)));
        Assert.Equal(TimeSpan.FromSeconds(1), ItemStretches.Longest(items));
        StepStretch[] outside = [items[0] with { Iteration = null }, items[1] with { Iteration = null }];
        Assert.Same(outside, ItemStretches.Merge(outside, At(2)));
    }

    [Fact]
    public void Longest_TriesOfAnItem_AreAddedUpWithoutItsWaits()
    {
        StepStretch[] tries =
        [
            new(StepStatus.Retrying, At(0), At(1), 1, "Busy", null, "0"), new(StepStatus.Waiting, At(1), At(90), 1, null, null, "0"), new(StepStatus.Done, At(90), At(92), 2, null, null, "0"),
            new(StepStatus.Done, At(0), At(2), 1, null, null, "1"), new(StepStatus.Running, At(2), null, 1, null, null, "2"),
        ];
        Assert.Equal(TimeSpan.FromSeconds(3), ItemStretches.Longest(tries));
        Assert.Null(ItemStretches.Longest([tries[4]]));
    }

    private static RunEvent.StepCompleted Done(string step, int number = 1) => new(step, number, JsonElement.Parse("{}"), null);

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Of(string chain, params (int Second, RunEvent Event)[] events) =>
        StepTries.Of(Flows.Of(chain), [.. events.Select((e, i) => new JournalEntry(i + 1, At(e.Second), e.Event))], (loop, iteration) => (loop, iteration) == ("loop", "0") ? At(2) : null);
}
