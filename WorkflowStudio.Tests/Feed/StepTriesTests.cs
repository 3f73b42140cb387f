using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Feed;

public sealed class StepTriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AStepWithoutARecordedStart_BeginsWhenTheStepBeforeWasOver()
    {
        var tries = Of("trigger > a:x > b:x", (0, new RunEvent.RunStarted(default)), (2, Done("a")), (5, Done("b")));
        Assert.Equal(new StepStretch(StepStatus.Done, At(0), At(2), 1, null), Assert.Single(tries.Of("a").Newest));
        Assert.Equal(new StepStretch(StepStatus.Done, At(2), At(5), 1, null), Assert.Single(tries.Of("b").Newest));
    }

    [Fact]
    public void Of_ATryThatFailedAndOneThatWorked_AreTwoStretches()
    {
        var tries = Of(
            "trigger > a:x",
            (0, new RunEvent.RunStarted(default)), (0, new RunEvent.StepStarted("a", 1)),
            (1, new RunEvent.RetryScheduled("a", 1, "busy", "It was busy.", At(9))),
            (9, new RunEvent.StepStarted("a", 2)), (10, Done("a", 2)));
        Assert.Equal(
            [new StepStretch(StepStatus.Retrying, At(0), At(1), 1, "It was busy."),
                new StepStretch(StepStatus.Done, At(9), At(10), 2, null)],
            tries.Of("a").Newest);
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
            tries.Of("a").Newest);
    }

    [Fact]
    public void Of_ARunThatIsCanceledWhileAStepWaits_EndsTheWait()
    {
        var tries = Of("trigger > a:x", (0, new RunEvent.RunStarted(default)),
            (1, new RunEvent.StepParked("a", 1, null, "paid", default, null)), (8, new RunEvent.RunCanceled("Dana")));
        Assert.Equal(At(8), tries.Of("a").Newest[^1].To);
    }

    [Fact]
    public void Of_AStepInsideAForEach_HasAStretchForEveryItem()
    {
        var tries = Of(
            "trigger > loop:x > a:x > b:x",
            (0, new RunEvent.RunStarted(default)), (4, Done("a") with { Iteration = "0" }),
            (5, new RunEvent.StepStarted("a", 1) { Iteration = "1" }), (7, Done("b") with { Iteration = "0" }),
            (8, new RunEvent.IterationEnded("loop", default, "e", "No.") { Iteration = "1" }), (9, Done("a") with { Iteration = "2.0" }));
        Assert.Equal(
            [
                new StepStretch(StepStatus.Done, At(2), At(4), 1, null, null, "0"), // its iteration is known to begin then
                new StepStretch(StepStatus.Canceled, At(5), At(8), 1, null, null, "1"),
                new StepStretch(StepStatus.Done, At(9), At(9), 1, null, null, "2.0"),
            ],
            tries.Of("a").Newest);
        Assert.Equal(new StepStretch(StepStatus.Done, At(4), At(7), 1, null, null, "0"), Assert.Single(tries.Of("b").Newest));
    }

    [Fact]
    public void Merge_ThousandsOfItems_AreAsManyBarsAsCanBeSeen()
    {
        var items = Enumerable.Range(0, 5_000)
            .Select(i => new StepStretch(i == 70 ? StepStatus.Failed : StepStatus.Done, At(i), At(i + 1), 1, null, null, $"{i}")).ToList();
        items.Add(new StepStretch(StepStatus.Done, At(9_000), null, 1, null, null, "5000"));
        var drawn = ItemStretches.Merge(items, At(9_500));
        Assert.Equal([(StepStatus.Done, At(0), At(5_000)), (StepStatus.Failed, At(70), At(71)), (StepStatus.Done, At(9_000), null)],
            drawn.Select(d => (d.Status, d.From, d.To)));
        Assert.Empty(ItemStretches.Merge([], At(2)));
    }

    [Fact]
    public void Track_OfThousandsOfItems_KeepsTheNewestAndCountsAll()
    {
        var track = new StepTrack();
        for (var i = 0; i < 5_000; i++)
        {
            var call = new StepStretch(StepStatus.Running, At(i), null, 1, null, null, $"{i}");
            track.Open(call);
            track.Close(call, i == 4_000 ? StepStatus.Failed : StepStatus.Done, At(i + 1), null);
            track.Cut($"{i}", At(i + 1));
        }

        Assert.Equal((5_000, 5_000, StepTrack.Most, "4999"), (track.Count, track.Calls, track.Newest.Count, track.Newest[^1].Iteration));
        Assert.Equal((TimeSpan.FromSeconds(5_000), TimeSpan.FromSeconds(1)), (track.Took, track.Longest!.Value));
        Assert.Equal([(StepStatus.Done, At(0), At(5_000)), (StepStatus.Failed, At(4_000), At(4_001))],
            track.Drawn(At(5_000)).Select(d => (d.Status, d.From, d.To!.Value)));
    }

    [Fact]
    public void Took_OfAStepThatWaited_IncludesItsWait()
    {
        var tries = Of(
            "trigger > a:x",
            (0, new RunEvent.RunStarted(default)), (1, new RunEvent.StepParked("a", 1, At(6), null, default, null)),
            (6, new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null)), (7, Done("a")));
        Assert.Equal(TimeSpan.FromSeconds(7), tries.Of("a").Took);
        var format = new WorkflowStudio.Components.Shared.StudioFormat("UTC", new FakeTimeProvider(Start));
        Assert.Equal("7 s", WorkflowStudio.Components.Runs.RunGraphData.Caption(
            new StepState { Status = StepStatus.Done, Attempt = 1 }, tries.Of("a").Took, format));
    }

    [Fact]
    public void Longest_TriesAndWaitsOfAnItem_AreAddedUp()
    {
        var tries = Of(
            "trigger > loop:x > a:x",
            (0, new RunEvent.StepStarted("a", 1) { Iteration = "0" }),
            (1, new RunEvent.StepParked("a", 1, At(90), null, default, null) { Iteration = "0" }),
            (90, new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null) { Iteration = "0" }),
            (92, Done("a") with { Iteration = "0" }),
            (92, new RunEvent.StepStarted("a", 1) { Iteration = "1" }), (94, Done("a") with { Iteration = "1" }),
            (94, new RunEvent.StepStarted("a", 1) { Iteration = "2" }));
        Assert.Equal((TimeSpan.FromSeconds(92), true), (tries.Of("a").Longest!.Value, tries.HasWaited));
    }

    [Fact]
    public void Of_TwoLoopsAtTheSameTime_EndTheirOwnItemsAlone()
    {
        var tries = new StepTries(
            Flows.Of("trigger > l:x > a:x", "trigger > m:x > b:x"), (_, _) => null, loop => loop == "l" ? ["a"] : ["b"]);
        var seq = 0;
        foreach (var (second, e) in new (int, RunEvent)[]
        {
            (1, new RunEvent.StepStarted("a", 1) { Iteration = "0" }), (1, new RunEvent.StepStarted("b", 1) { Iteration = "0" }),
            (2, new RunEvent.IterationEnded("l", default, "e", "No.") { Iteration = "0" }),
        }) tries.Apply(new JournalEntry(++seq, At(second), e));
        Assert.Equal((StepStatus.Canceled, StepStatus.Running), (tries.Of("a").Newest[0].Status, tries.Of("b").Newest[0].Status));
    }

    private static RunEvent.StepCompleted Done(string step, int number = 1) => new(step, number, JsonElement.Parse("{}"), null);

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static StepTries Of(string chain, params (int Second, RunEvent Event)[] events)
    {
        var tries = new StepTries(Flows.Of(chain), (loop, iteration) => (loop, iteration) == ("loop", "0") ? At(2) : null,
            loop => loop == "loop" ? ["a", "b"] : []);
        foreach (var (i, e) in events.Index()) tries.Apply(new JournalEntry(i + 1, At(e.Second), e.Event));
        return tries;
    }
}
