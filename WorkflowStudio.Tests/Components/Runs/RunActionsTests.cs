using Bunit;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class RunActionsTests : BunitContext
{
    [Fact]
    public async Task Actions_AreThoseThatFitTheStatus()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        Assert.Equal(["Pause", "Cancel run"], await ButtonsAsync(store));
        await store.TellAsync(new RunEvent.StepParked("a", 1, null, "answer", default, null));
        Assert.Equal(["Pause", "Cancel run"], await ButtonsAsync(store)); // it waits for no time, so nothing can be woken
        await store.TellAsync(new RunEvent.StepWoken("a", 1, NodeWakeKind.Signal, "answer", default, null),
            new RunEvent.StepParked("a", 1, DateTimeOffset.UnixEpoch.AddYears(100), null, default, null));
        Assert.Equal(["Wake now", "Pause", "Cancel run"], await ButtonsAsync(store));
        await store.TellAsync(new RunEvent.RunPaused("Ada", null, null));
        Assert.Equal(["Resume", "Cancel run"], await ButtonsAsync(store));
        await store.TellAsync(new RunEvent.RunResumed("Ada"), new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null),
            new RunEvent.StepFailed("a", 1, "no_luck", "No."), new RunEvent.RunFailed("no_luck", "No."));
        Assert.Equal(["Retry from the failed step", "Run again"], await ButtonsAsync(store));
    }

    [Fact]
    public async Task Actions_OfARunThatLackedData_OfferOtherDataAndNoRetry()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        await store.TellAsync(new RunEvent.StepFailed("a", 1, "unresolved_reference", "text: no value."),
            new RunEvent.RunFailed("unresolved_reference", "a: text: no value."));
        Assert.Equal(["Run again with other data"], await ButtonsAsync(store));
    }

    [Fact]
    public async Task WakingNow_AStepThatWaitsForMoreThanATime_LosesWhatItWaitsFor()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var later = store.Harness.Clock.GetUtcNow().AddYears(1);
        await store.TellAsync(new RunEvent.StepParked("a", 1, later, null, default, null));
        using (var plain = await store.WatchAsync()) Assert.Null(RunWords.LostByWaking(plain, null));
        await store.TellAsync(new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null),
            new RunEvent.StepParked("a", 1, later, "paid:1", default, "the payment"));
        using var watch = await store.WatchAsync();
        Assert.Equal("“a” waits for the payment. Woken now, it goes on as if that had not come in time.".Replace(
            "“a”", $"“{StepNames.Of(watch, "a")}”", StringComparison.Ordinal), RunWords.LostByWaking(watch, "a"));
        Assert.Null(RunWords.LostByWaking(watch, "other"));
    }

    [Fact]
    public async Task Paused_ByTheEngine_SaysWhy()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var format = new StudioFormat("UTC", store.Harness.Clock);
        await store.TellAsync(new RunEvent.RunPaused("engine", "crashed_the_server", "The server died three times at this run.")
        { Until = format.StartOf(format.Today).AddDays(3).AddHours(9) });
        using var watch = await store.WatchAsync();
        var day = format.Date(format.Today.AddDays(3));
        Assert.Equal($"Paused by the engine. The server died three times at this run. The next try is at {day}, 9:00 AM.",
            RunWords.WhyPaused(watch, format));
        Assert.Equal($"Paused until {day}", RunWords.Look(watch, mayDecide: true, format).Words);
        Assert.Equal(
            ("Waits for its turn: 1 run is under way.", "Waits for its turn: 3 runs are under way."), (RunWords.Turn(1), RunWords.Turn(3)));
    }

    private async Task<IEnumerable<string>> ButtonsAsync(WatchedFixture store)
    {
        using var watch = await store.WatchAsync();
        var actions = Render<RunActions>(p => p.Add(a => a.Run, watch).Add(a => a.MayRun, true));
        return [.. actions.FindAll("button").Select(b => b.LastChild!.TextContent.Trim())];
    }
}
