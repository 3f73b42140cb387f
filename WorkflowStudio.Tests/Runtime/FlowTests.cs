using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Runs through items, rounds, quorums and error ports, in the real engine.</summary>
public abstract class FlowTests(TestStore store) : EngineSuite(store)
{
    private static readonly ScriptedNode Doubling = new("double", (input, _) =>
        ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(
            JsonSerializer.SerializeToElement(new { value = input.Settings.GetProperty("value").GetInt32() * 2, key = input.EffectKey }))));

    [Fact]
    public async Task ForEach_RunsTheBodyForEveryItemAndCollects()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(2), Doubling, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > d:double", "loop.done > end:echo")
            .Setting("loop", """{"items":[1,2,3],"collect":"{{ $node.d.value }}"}""").Setting("d", """{"value":"{{ $item }}"}""")
            .Setting("end", """{"all":"{{ $node.loop.items }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, """{"items":[2,4,6],"count":3,"failed":0}""", """{"all":[2,4,6]}"""),
            (run.Header.Status, Output(run, "loop"), Output(run, "end")));
        Assert.Equal(["0", "1", "2"], run.Entries.Select(e => e.Event).OfType<RunEvent.IterationEnded>().Select(e => e.Iteration!).Order());
        Assert.Equal(3, run.Entries.Select(e => e.Event).OfType<RunEvent.StepCompleted>().Where(e => e.Node == "d")
            .Select(e => e.Output.GetProperty("key").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task ForEach_WithoutItems_GoesOnAtOnce()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(), Doubling, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > d:double", "loop.done > end:echo").Setting("loop", """{"items":[]}""")
            .Setting("d", """{"value":1}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, """{"items":[],"count":0,"failed":0}"""), (run.Header.Status, Output(run, "loop")));
    }

    [Fact]
    public async Task ForEach_WithNothingBehindIt_CollectsTheItems()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(5));
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > loop:each").Setting("loop", """{"items":["a","b"]}""")),
            RunStatus.Done, RunStatus.Failed);
        Assert.Equal("""{"items":["a","b"],"count":2,"failed":0}""", Output(run, "loop"));
    }

    [Fact]
    public async Task ForEach_InsideForEach_KnowsBothItems()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(3), ScriptedNode.Echo());
        var flow = Flows.Of("trigger > outer:each", "outer.each > inner:each", "inner.each > a:echo", "inner.done > b:echo")
            .Setting("outer", """{"items":[["x","y"],["z"]]}""").Setting("inner", """{"items":"{{ $item }}"}""")
            .Setting("a", """{"t":"{{ $item }}{{ $index }}{{ $node.outer.index }}"}""").Setting("b", """{"n":"{{ $node.inner.count }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal("""{"items":[{"n":2},{"n":1}],"count":2,"failed":0}""", Output(run, "outer"));
        Assert.Equal(["x00", "y10", "z01"], run.Entries.Select(e => e.Event).OfType<RunEvent.StepCompleted>().Where(e => e.Node == "a")
            .Select(e => e.Output.GetProperty("t").GetString()!).Order());
    }

    [Theory]
    [InlineData(false, RunStatus.Failed)]
    [InlineData(true, RunStatus.Done)]
    public async Task ForEach_WithAnItemThatFails_EndsOrGoesOnAsTold(bool keepGoing, RunStatus expected)
    {
        var picky = new ScriptedNode("picky", (input, _) => ValueTask.FromResult<NodeOutcome>(
            input.Iteration!.Index == 1
                ? new NodeOutcome.Failed("bad_item", "It is bad.")
                : new NodeOutcome.Completed(JsonElement.Parse("{}"))), effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(1, keepGoing), picky);
        var flow = Flows.Of("trigger > loop:each", "loop.each > p:picky").Setting("loop", """{"items":[1,2,3]}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((expected, keepGoing ? 3 : 2), (run.Header.Status, picky.Calls));
        if (keepGoing) Assert.Equal("""{"items":[{},null,{}],"count":3,"failed":1}""", Output(run, "loop"));
        else Assert.Equal("bad_item", run.Header.ErrorCode);
    }

    [Fact]
    public async Task ForEach_WhoseIterationsWait_WaitsAndWakesEachByItself()
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(3), ScriptedNode.Waiting(TimeSpan.FromDays(1), null));
        var flow = Flows.Of("trigger > loop:each", "loop.each > w:waiting").Setting("loop", """{"items":[1,2,3]}""");
        var waiting = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Waiting);
        Assert.Equal(3, waiting.State.Frames.Count);
        engine.Clock.Advance(TimeSpan.FromDays(2));
        var run = await engine.UntilAsync(waiting.Header.Id, RunStatus.Done, RunStatus.Failed);
        Assert.Equal(RunStatus.Done, run.Header.Status);
        Assert.Equal(0, await engine.CountWaitsAsync(run.Header.Id));
    }

    [Fact]
    public async Task Rounds_ThroughAWait_GoOnUntilTheWayOutIsTaken()
    {
        var asked = 0;
        var ask = new ScriptedNode("ask", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonElement.Parse("{}"), ++asked < 3 ? "again" : "enough")), ports: ["again", "enough"]);
        await using var engine = await StartAsync(ScriptedNode.Echo(), ask, ScriptedNode.Waiting(TimeSpan.Zero, null));
        var flow = Flows.Of("trigger > a:echo > w:waiting > q:ask", "q.again > a", "q.enough > end:echo", "trigger > side:echo > end");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, 3), (run.Header.Status, asked));
        Assert.Equal(2, run.Entries.Count(e => e.Event is RunEvent.RoundStarted));
        Assert.Single(run.Entries, e => e.Event is RunEvent.StepCompleted { Node: "end" });
        Assert.DoesNotContain(run.Entries, e => e.Event is RunEvent.StepSkipped { Node: "end" });
    }

    [Fact]
    public async Task Rounds_BeyondTheirBound_FailTheRun()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var flow = Flows.Of("trigger > a:echo > b:echo > a");
        flow = flow with { Links = [.. flow.Links.Select(l => l.From == "b" ? l with { MaxRounds = 4 } : l)] };
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal(("too_many_rounds", 4), (run.Header.ErrorCode, run.Entries.Count(e => e.Event is RunEvent.RoundStarted)));
    }

    [Fact]
    public async Task Rounds_WithAWayOutOfTheSamePort_GoOnAfterItWasTaken()
    {
        var asked = 0;
        var ask = new ScriptedNode("ask", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonElement.Parse("{}"), ++asked < 3 ? "again" : "enough")), ports: ["again", "enough"]);
        await using var engine = await StartAsync(ScriptedNode.Echo(), ask);
        var flow = Flows.Of("trigger > a:echo > q:ask", "q.again > a", "q.again > told:echo");
        flow = flow with { Links = [.. flow.Links.Select(l => l.From == "q" && l.To == "a" ? l with { MaxRounds = 4 } : l)] };
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, 3, 2), (run.Header.Status, asked, run.Entries.Count(e => e.Event is RunEvent.RoundStarted)));
        Assert.Single(run.Entries, e => e.Event is RunEvent.StepCompleted { Node: "told" });
    }

    [Fact]
    public async Task Merge_OfAny_RunsOnceTheFirstArrives()
    {
        await using var engine = await StartAsync(
            ScriptedNode.Echo(), ScriptedNode.Waiting(TimeSpan.FromDays(1), null), new ScriptedNode(
                "any", (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(JsonElement.Parse("{}"))), quorum: 1));
        var flow = Flows.Of("trigger > slow:waiting > m:any > end:echo", "trigger > quick:echo > m");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Waiting);
        Assert.Equal(StepStatus.Done, run.Step("end").Status);
        engine.Clock.Advance(TimeSpan.FromDays(2));
        run = await engine.UntilAsync(run.Header.Id, RunStatus.Done, RunStatus.Failed);
        Assert.Single(run.Entries, e => e.Event is RunEvent.StepCompleted { Node: "m" });
    }

    [Fact]
    public async Task Merge_WhoseQuorumCannotCome_IsSkipped()
    {
        await using var engine = await StartAsync(
            ScriptedNode.Branch("x", "y"), ScriptedNode.Echo(), new ScriptedNode("two", (_, _) => ValueTask.FromResult<NodeOutcome>(
                new NodeOutcome.Completed(JsonElement.Parse("{}"))), quorum: 2));
        var flow = Flows.Of("trigger > b:branch", "b.x > m:two", "b.y > o:echo > m").Setting("b", """{"port":"x"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal(StepStatus.Skipped, run.Step("m").Status);
    }

    [Fact]
    public async Task ErrorPort_TakesTheFailureOn()
    {
        await using var engine = await StartAsync(ScriptedNode.Failing(), ScriptedNode.Echo());
        var flow = Flows.Of("trigger > f:failing > fine:echo", "f.error > help:echo").With("f", n => n with { OnError = OnError.Port })
            .Setting("help", """{"why":"{{ $node.f.error.code }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, StepStatus.Skipped, """{"why":"no_luck"}"""),
            (run.Header.Status, run.Step("fine").Status, Output(run, "help")));
    }

    [Fact]
    public async Task AllPorts_AreTakenAtOnce()
    {
        await using var engine = await StartAsync(
            ScriptedNode.Echo(), new ScriptedNode("split", (_, _) => ValueTask.FromResult<NodeOutcome>(
                new NodeOutcome.Completed(JsonElement.Parse("{}"), NodePort.All)), ports: ["x", "y"]));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > s:split", "s.x > a:echo", "s.y > b:echo")), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((StepStatus.Done, StepStatus.Done), (run.Step("a").Status, run.Step("b").Status));
    }

    [Fact]
    public async Task EndStep_EndsTheRunWithItsOutputAndCancelsWhatIsOpen()
    {
        await using var engine = await StartAsync(
            ScriptedNode.Waiting(TimeSpan.FromDays(1), null), new ScriptedNode("end", (_, _) => ValueTask.FromResult<NodeOutcome>(
                new NodeOutcome.EndRun(JsonElement.Parse("""{"n":1}"""))), ports: []));
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > w:waiting", "trigger > e:end")), RunStatus.Done, RunStatus.Failed);
        Assert.Equal(
            (RunStatus.Done, """{"n":1}""", StepStatus.Canceled), (run.Header.Status, run.State.Output.GetRawText(), run.Step("w").Status));
        Assert.Equal(0, await engine.CountWaitsAsync(run.Header.Id));
    }

    [Fact]
    public async Task Crash_InTheMiddleOfIterations_GoesOnWhereItWas()
    {
        var hold = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (input, _) =>
        {
            if (input.Iteration!.Index == 2) await hold.Task;
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(1), slow);
        var id = await engine.RunAsync(Flows.Of("trigger > loop:each", "loop.each > s:slow").Setting("loop", """{"items":[1,2,3,4]}"""));
        await engine.EventuallyAsync(() => slow.Calls == 3);
        await engine.StopAsync();
        hold.SetResult();
        await using var next = engine.Restart(ScriptedNode.ForEach(1), slow);
        var run = await next.UntilAsync(id, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, 5), (run.Header.Status, slow.Calls)); // four items, the third twice
    }

    private static string Output(Engine.Feed.RunView run, string step) => run.Step(step).Output.GetRawText();
}
