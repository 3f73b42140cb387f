using System.Diagnostics.Metrics;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Scheduling.Schedules;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Diagnostics.Telemetry;

public sealed class EngineMetricsTests
{
    [Fact]
    public async Task Run_ThatEndsWell_IsCountedWithItsSteps()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Echo(), ScriptedNode.Echo("called", effect: true));
        using var measured = new Measured(engine.Get<IMeterFactory>());
        engine.Pump();
        await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:echo > b:called")), RunStatus.Done);

        await engine.EventuallyAsync(() => measured.Of("workflowstudio.run.duration").Any());
        Assert.Equal(["manual 1"], measured.Of("workflowstudio.runs.started", withValue: true));
        Assert.Equal(["done 1"], measured.Of("workflowstudio.runs.ended", withValue: true));
        Assert.Equal(["done"], measured.Of("workflowstudio.run.duration"));
        Assert.Equal(["echo completed", "called completed"], measured.Of("workflowstudio.step.duration"));
        Assert.Equal(["start"], measured.Of("workflowstudio.pump.lag"));
        Assert.Contains("durable", measured.Of("workflowstudio.commit.duration"));
        Assert.All(measured.All, m => Assert.True(m.Value >= 0, m.Name));
        Assert.All(measured.All.Where(m => m.Name == "workflowstudio.commit.size"), m => Assert.InRange(m.Value, 1, 512));
    }

    [Fact]
    public async Task Run_ThatWaitsAndFails_IsMeasuredOverAllOfIt()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Waiting(TimeSpan.FromHours(2), null), ScriptedNode.Failing());
        using var measured = new Measured(engine.Get<IMeterFactory>());
        engine.Pump();
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting > b:failing"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        await engine.EventuallyAsync(() => engine.Get<ShardPumps>().InHand == 0); // else it may go on within the same turn
        engine.Clock.Advance(TimeSpan.FromHours(2));
        await engine.UntilAsync(id, RunStatus.Failed);

        await engine.EventuallyAsync(() => measured.Of("workflowstudio.run.duration").Any());
        Assert.Equal(["failed 1"], measured.Of("workflowstudio.runs.ended", withValue: true));
        Assert.InRange(
            measured.All.Single(m => m.Name == "workflowstudio.run.duration").Value, 7_200, 7_200 + EngineHarness.Patience.TotalSeconds);
        Assert.Equal(["waiting waiting", "waiting completed", "failing failed"], measured.Of("workflowstudio.step.duration"));
        Assert.Equal(["start", "wake"], measured.Of("workflowstudio.pump.lag"));
    }

    [Fact]
    public async Task Active_TellsWhoStandsWhere_FromMemory()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var engine = await EngineHarness.CreateAsync(new ScriptedNode("slow", async (_, _) =>
        {
            begun.SetResult();
            await go.Task;
            return new NodeOutcome.Completed(default);
        }, effect: true));
        using var measured = new Measured(engine.Get<IMeterFactory>());
        engine.Pump();
        var id = await engine.RunAsync(Flows.Of("trigger > a:slow"));
        await begun.Task.WaitAsync(EngineHarness.Patience);
        // a bell that rang while the pump found the run by itself is heard a moment later
        await engine.EventuallyAsync(() =>
        {
            measured.Look();
            return measured.Of("workflowstudio.runs.active", withValue: true).TakeLast(3)
                .SequenceEqual(["queued 0", "in_line 0", "in_execution 1"]);
        });
        Assert.Equal("64", measured.Of("workflowstudio.shards.owned", withValue: true).Last());
        go.SetResult();
        await engine.UntilAsync(id, RunStatus.Done);
    }

    [Fact]
    public async Task Schedule_AfterADowntime_CountsWhatIsLateAndWhatIsLeftOut()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:30Z");
        using var measured = new Measured(bench.Get<IMeterFactory>());
        await bench.PublishAsync("""{"cron":"@hourly","misfire":"once"}""");
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T09:30Z"));
        await bench.FireAsync();
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T10:00Z"));
        await bench.FireAsync();
        Assert.Equal(["late 1", "skipped 2", "in_time 1"], measured.Of("workflowstudio.schedule.occurrences", withValue: true));
    }
}
