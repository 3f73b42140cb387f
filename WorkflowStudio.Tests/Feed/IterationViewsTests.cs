using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Feed;

public abstract class IterationViewsTests(TestStore store) : EngineSuite(store)
{
    private static readonly ScriptedNode Picky = new("picky", (input, _) => ValueTask.FromResult<NodeOutcome>(
        input.Settings.GetProperty("value").GetInt32() == 2
            ? new NodeOutcome.Failed("no_luck", "Not two.")
            : new NodeOutcome.Completed(input.Settings)));

    [Fact]
    public async Task Iterations_OneFails_AreListedWithWhatTheyCameTo()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(2, keepGoing: true), Picky, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > p:picky > e:echo", "loop.done > end:echo")
            .Setting("loop", """{"items":[1,2,3],"collect":"{{ $node.p.value }}"}""").Setting("p", """{"value":"{{ $item }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        var loop = Assert.Single(run.Iterations.Of("loop"));
        Assert.Equal([StepStatus.Done, StepStatus.Failed, StepStatus.Done], loop.Iterations.Select(i => i.Status));
        Assert.Equal((3, 2, 1, 0, 0), (loop.Iterations.Count, loop.Done, loop.Failed, loop.Running, loop.NotStarted));
        Assert.Equal(("3", "no_luck", "p: Not two."),
            (loop.Iterations[2].Output.GetRawText(), loop.Iterations[1].ErrorCode, loop.Iterations[1].ErrorMessage));
        Assert.All(loop.Iterations, i => Assert.True(i.StartedAt <= i.EndedAt));
        Assert.Equal((new StepTally(0, 0, 2, 1, 0, 0), 3, StepStatus.Failed),
            (run.Iterations.Tally("p"), run.Iterations.Expected("p"), run.Step("p").Status));
        Assert.Equal((2, StepStatus.Done), (run.Iterations.Tally("e").Done, run.Step("e").Status));
        Assert.True(run.IsInside("e") && !run.IsInside("end") && run.MayRepeatIterations("loop"));
    }

    [Fact]
    public async Task Iterations_UnderWay_CountAsRunningUntilTheRunIsCanceled()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(2), ScriptedNode.Waiting(null, "answer"));
        var id = await engine.RunAsync(Flows.Of("trigger > loop:each", "loop.each > w:waiting").Setting("loop", """{"items":[1,2,3]}"""));
        var run = await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal((2, 1, 2, StepStatus.Waiting), (run.Iterations.Of("loop")[0].Running, run.Iterations.Of("loop")[0].NotStarted,
            run.Iterations.Tally("w").Waiting, run.Step("w").Status));
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Ada");
        run = await engine.UntilAsync(id, RunStatus.Canceled);
        Assert.Equal((0, 2, 1, new StepTally(0, 0, 0, 0, 0, 2)), (run.Iterations.Of("loop")[0].Running,
            run.Iterations.Of("loop")[0].Canceled, run.Iterations.Of("loop")[0].NotStarted, run.Iterations.Tally("w")));
    }

    [Fact]
    public async Task Iterations_InsideAnother_HaveOneListForEachAround()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(3), ScriptedNode.Echo());
        var flow = Flows.Of("trigger > outer:each", "outer.each > inner:each", "inner.each > a:echo")
            .Setting("outer", """{"items":[["x","y"],["z"]]}""").Setting("inner", """{"items":"{{ $item }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal([("0", 2), ("1", 1)], run.Iterations.Of("inner").Select(l => (l.Outer!, l.Done)).Order());
        Assert.Equal((3, 3, 2), (run.Iterations.Tally("a").Done, run.Iterations.Expected("a"), run.Iterations.Tally("inner").Done));
        Assert.False(run.MayRepeatIterations("inner"));
    }

    [Fact]
    public async Task Iterations_OfARepeatedRun_TellWhatWasTakenOver()
    {
        var luck = false;
        var moody = new ScriptedNode("moody", (input, _) => ValueTask.FromResult<NodeOutcome>(
            luck || input.Settings.GetProperty("value").GetInt32() != 2
                ? new NodeOutcome.Completed(input.Settings)
                : new NodeOutcome.Failed("no_luck", "Not two.")));
        await using var engine = await StartAsync(ScriptedNode.ForEach(), moody);
        var flow = Flows.Of("trigger > loop:each", "loop.each > m:moody").Setting("loop", """{"items":[1,2,3]}""")
            .Setting("m", """{"value":"{{ $item }}"}""");
        var failed = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Failed);
        Assert.Equal(
            [StepStatus.Done, StepStatus.Failed, StepStatus.NotStarted], failed.Iterations.Of("loop")[0].Iterations.Select(i => i.Status));
        luck = true;
        var repeated = await engine.Runs.RepeatAsync(EngineHarness.Tenant, failed.Header.Id, null, "retry");
        var run = await engine.UntilAsync(repeated.Started!.RunId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal([true, false, false], run.Iterations.Of("loop")[0].Iterations.Select(i => i.TakenOver));
        Assert.Equal((3, 2, 2), (run.Iterations.Of("loop")[0].Done, run.Iterations.Tally("m").Done, run.Iterations.Expected("m")));
    }

    [Fact]
    public async Task Newest_OfALongRun_IsGoneOnFromAndAlwaysTheSameAsReadAnew()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(3), ScriptedNode.Echo(), ScriptedNode.Waiting(null, "answer"));
        var flow = Flows.Of("trigger > loop:each", "loop.each > a:echo > b:echo", "loop.done > w:waiting")
            .Setting("loop", $$"""{"items":{{JsonSerializer.Serialize(Enumerable.Range(0, 500))}}}""");
        var id = await engine.RunAsync(flow);
        await engine.UntilAsync(id, RunStatus.Waiting);
        var first = (await engine.Views.ReadNewestAsync(EngineHarness.Tenant, id, default))!;
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Ada");
        var whole = await engine.UntilAsync(id, RunStatus.Canceled);
        var again = (await engine.Views.ReadNewestAsync(EngineHarness.Tenant, id, default))!;
        // what is kept is no view's own
        Assert.Equal(
            (RunStatus.Waiting, RunStatus.Canceled, RunStatus.Canceled), (first.State.Status, again.State.Status, again.Header.Status));
        Assert.Equal((whole.State.Seq, whole.Entries[^1].Seq, true),
            (again.State.Seq, again.Entries[^1].Seq, again.Entries.Count < 2 * RunViews.Newest));
        Assert.Equal((500, 500, 500),
            (whole.Iterations.Of("loop")[0].Done, first.Iterations.Of("loop")[0].Done, again.Iterations.Of("loop")[0].Done));
        Assert.Equal(whole.Iterations.Of("loop")[0].Iterations.Select(i => (i.Index, i.Status, i.StartedAt, i.EndedAt)),
            again.Iterations.Of("loop")[0].Iterations.Select(i => (i.Index, i.Status, i.StartedAt, i.EndedAt)));
        Assert.Equal((whole.Iterations.Tally("b"), whole.Tries.Of("b").Took, whole.Tries.Of("b").Count),
            (again.Iterations.Tally("b"), again.Tries.Of("b").Took, again.Tries.Of("b").Count));
        Assert.Equal(whole.Tries.Of("b").Newest, again.Tries.Of("b").Newest);
        Assert.Equal((1, StepStatus.Waiting), (first.Tries.Of("w").Newest.Count(s => s.To is null), first.Step("w").Status));
    }

    [Fact]
    public async Task Iterations_EntryByEntry_AreTheSameAsReadAtOnce()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(2, keepGoing: true), Picky);
        var flow = Flows.Of("trigger > loop:each", "loop.each > p:picky").Setting("loop", """{"items":[1,2,3,4]}""")
            .Setting("p", """{"value":"{{ $item }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        var live = new IterationViews(flow.Plan(ScriptedNode.ForEach(), Picky));
        var state = RunState.Before(2);
        var open = new List<int>();
        foreach (var entry in run.Entries)
        {
            var before = state;
            state = Engine.Runtime.State.RunFold.Apply(flow.Plan(ScriptedNode.ForEach(), Picky), state, entry);
            live.Apply(before, state, entry);
            if (entry.Event is RunEvent.LoopStarted or RunEvent.IterationEnded) open.Add(live.Of("loop")[0].Running);
        }

        Assert.Equal([2, 2, 2, 1, 0], open);
        Assert.Equal(run.Iterations.Of("loop")[0].Iterations.Select(i => (i.Index, i.Status, i.StartedAt, i.EndedAt)),
            live.Of("loop")[0].Iterations.Select(i => (i.Index, i.Status, i.StartedAt, i.EndedAt)));
        Assert.Equal(run.Iterations.Tally("p"), live.Tally("p"));
    }
}
