using Bunit;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
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
        await store.TellAsync(new RunEvent.StepWoken("a", 1, NodeWakeKind.Signal, "answer", default, null), new RunEvent.StepParked("a", 1, DateTimeOffset.UnixEpoch.AddYears(100), null, default, null));
        Assert.Equal(["Wake now", "Pause", "Cancel run"], await ButtonsAsync(store));
        await store.TellAsync(new RunEvent.RunPaused("Ada", null, null));
        Assert.Equal(["Resume", "Cancel run"], await ButtonsAsync(store));
        await store.TellAsync(new RunEvent.RunResumed("Ada"), new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null), new RunEvent.StepFailed("a", 1, "no_luck", "No."), new RunEvent.RunFailed("no_luck", "No."));
        Assert.Equal(["Retry from the failed step", "Run again"], await ButtonsAsync(store));
    }

    [Fact]
    public async Task Paused_ByTheEngine_SaysWhy()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        await store.TellAsync(new RunEvent.RunPaused("engine", "crashed_the_server", "The server died three times at this run."));
        using var watch = await store.WatchAsync();
        Assert.Equal("Paused by the engine. The server died three times at this run.", RunWords.WhyPaused(watch));
        Assert.Equal(("Waits for its turn: 1 run is under way.", "Waits for its turn: 3 runs are under way."), (RunWords.Turn(1), RunWords.Turn(3)));
    }

    private async Task<IEnumerable<string>> ButtonsAsync(WatchedFixture store)
    {
        using var watch = await store.WatchAsync();
        var actions = Render<RunActions>(p => p.Add(a => a.Run, watch).Add(a => a.MayRun, true));
        return [.. actions.FindAll("button").Select(b => b.LastChild!.TextContent.Trim())];
    }
}
