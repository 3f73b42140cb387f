using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Turns of steps: each comes once, each is told apart from those before it, and none is forgotten.</summary>
public abstract class StepTurnTests(TestStore store) : EngineSuite(store)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    [Fact]
    public async Task ForEach_ThatBeginsAnew_GivesItsEffectsKeysOfTheirOwn()
    {
        var keys = new ConcurrentBag<string>();
        var send = new ScriptedNode("send", (input, _) =>
        {
            keys.Add(input.EffectKey[(input.EffectKey.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            return Completed();
        }, effect: true);
        var rounds = 0;
        var ask = new ScriptedNode("ask", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(Nothing, ++rounds < 3 ? "again" : "enough")), ports: ["again", "enough"]);
        await using var engine = await StartAsync(ScriptedNode.ForEach(2), send, ask, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > outer:each", "outer.each > inner:each", "inner.each > s:send", "outer.done > q:ask",
            "q.again > outer", "q.enough > end:echo")
            .Setting("outer", """{"items":[1]}""").Setting("inner", """{"items":["a","b"]}""");
        await engine.UntilAsync(await engine.RunAsync(Bounded(flow, "q", "outer")), RunStatus.Done);
        Assert.Equal(["s:0.0", "s:0.0#1.0.0", "s:0.0#2.0.0", "s:0.1", "s:0.1#1.0.0", "s:0.1#2.0.0"], keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Call_OfATurnThatIsOver_IsNotTheResultOfTheNext()
    {
        var (old, slowCalls, badCalls) = (new TaskCompletionSource(), 0, 0);
        var send = new ScriptedNode("send", async (input, ct) =>
        {
            if (input.Settings.GetProperty("item").GetString() == "bad")
                return ++badCalls == 1 ? new NodeOutcome.Failed("no_luck", "It did not work.") : new NodeOutcome.Completed(Nothing);
            var call = Interlocked.Increment(ref slowCalls);
            if (call == 1) await old.Task.WaitAsync(ct);
            return new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new { call }));
        }, effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(2), send, ScriptedNode.Echo(), ScriptedNode.Waiting(null, "go"));
        var flow = Flows.Of("trigger > loop:each", "loop.each > s:send", "loop.error > fix:echo > loop", "loop.done > w:waiting")
            .Setting("loop", """{"items":["bad","slow"]}""").Setting("s", """{"item":"{{ $item }}"}""")
            .With("loop", n => n with { OnError = OnError.Port });
        var id = await engine.RunAsync(Bounded(flow, "fix", "loop"));
        await engine.EventuallyAsync(() => Volatile.Read(ref slowCalls) == 2); // although the first is still under way
        old.SetResult();
        var run = await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal("""{"items":[{},{"call":2}],"count":2,"failed":0}""", run.Step("loop").Output.GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ForEach_ThatFailedAndGoesOn_OrIsSwitchedOff_LeadsToWhatComesAfterIt(bool disabled)
    {
        await using var engine = await StartAsync(ScriptedNode.ForEach(), ScriptedNode.Failing(), ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > f:failing", "loop.done > end:echo").Setting("loop", """{"items":[1]}""")
            .With("loop", n => n with { OnError = OnError.Continue, Disabled = disabled });
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, StepStatus.Done), (run.Header.Status, run.Step("end").Status));
    }

    [Fact]
    public async Task Merge_OfAnyThatIsSwitchedOff_IsPassedOnce()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo(), new ScriptedNode("any", (_, _) => Completed(), quorum: 1));
        var flow = Flows.Of("trigger > a:echo > m:any > end:echo", "trigger > b:echo > m").With("m", n => n with { Disabled = true });
        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, 1),
            (run.Header.Status, run.Entries.Count(e => e.Event is Engine.Runtime.State.RunEvent.StepCompleted { Node: "m" })));
    }

    [Fact]
    public async Task Step_WhoseTurnHasCome_IsDueAgainSoonWhenTheServerDiesThere()
    {
        (RunStatus Status, DateTimeOffset? WakeAt)? stored = null;
        IDbContextFactory<StudioDbContext> contexts = null!;
        var look = new ScriptedNode("look", async (_, ct) =>
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var run = await db.Runs.SingleAsync(ct);
            stored = (run.Status, run.WakeAt);
            return new NodeOutcome.Completed(Nothing);
        });
        await using var engine = await CreateAsync(ScriptedNode.Waiting(null, "never"), ScriptedNode.Echo("send", effect: true), look);
        contexts = engine.Get<IDbContextFactory<StudioDbContext>>();
        var id = await engine.RunAsync(Flows.Of("trigger > w:waiting", "trigger > s:send > l:look"));
        engine.Pump();
        await engine.EventuallyAsync(() => stored is not null);
        await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal(RunStatus.Running, stored!.Value.Status); // so the next owner takes it up
        Assert.True(stored.Value.WakeAt < engine.Clock.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task PauseAndResume_ReadTogether_CallAStepOnce()
    {
        var wait = new ScriptedNode(
            "rest", (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Waiting(null, "go", default)), waits: true);
        await using var engine = await CreateAsync(wait);
        var id = await engine.RunAsync(Flows.Of("trigger > w:rest"));
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Pause, null, "Dana");
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Resume, null, "Dana");
        await using var second = engine.Restart(wait); // reads the inbox before the run begins
        await second.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal(1, wait.Calls);
    }

    [Fact]
    public async Task Signal_ToARunWhoseStepIsBeingCalled_ReachesItWhenItWaits()
    {
        var (called, may) = (new TaskCompletionSource(), new TaskCompletionSource());
        var ask = new ScriptedNode("ask", async (input, ct) =>
        {
            if (input.Wake.Kind == NodeWakeKind.Signal) return new NodeOutcome.Completed(input.Wake.Data);
            called.SetResult();
            await may.Task.WaitAsync(ct);
            return new NodeOutcome.Waiting(null, "answer", default);
        }, effect: true, waits: true);
        await using var engine = await StartAsync(ask);
        var id = await engine.RunAsync(Flows.Of("trigger > a:ask"));
        await called.Task;
        await engine.Runs.SignalAsync(EngineHarness.Tenant, id, "answer", JsonElement.Parse("""{"yes":true}"""), "Dana");
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Pause, null, "Dana");
        await engine.UntilAsync(id, RunStatus.Paused); // the inbox was read
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Resume, null, "Dana");
        may.SetResult();
        var run = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal("""{"yes":true}""", run.Step("a").Output.GetRawText());
        await engine.EventuallyAsync(() => engine.InboxCount(id) == 0);
    }

    [Fact]
    public async Task Iteration_DoneAgain_DoesNotHideTheFailureOfAnother()
    {
        var picky = new ScriptedNode(
            "picky", (input, _) => ValueTask.FromResult<NodeOutcome>(input.Settings.GetProperty("item").GetString() == "c"
                ? new NodeOutcome.Failed("no_luck", "It did not work.")
                : new NodeOutcome.Completed(Nothing)), effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(), picky, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > p:picky", "loop.done > end:echo")
            .Setting("loop", """{"items":["a","b","c"]}""").Setting("p", """{"item":"{{ $item }}"}""");
        var failed = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        var repeated = await engine.Runs.RepeatAsync(EngineHarness.Tenant, failed.Header.Id, ("loop", 0), "retry");
        var run = await engine.UntilAsync(repeated.Started!.RunId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Failed, "no_luck", 5), (run.Header.Status, run.Header.ErrorCode, picky.Calls)); // a and c again, b is kept
    }

    [Fact]
    public async Task ErrorWorkflow_ThatCannotBeRun_LeavesTheFailureRecorded()
    {
        var failing = ScriptedNode.Failing();
        await using var first = await CreateAsync(failing, ScriptedNode.Echo("gone"));
        var alarm = await first.PublishAsync(Flows.Of("trigger > a:gone"));
        var slug = await first.Writer.WriteAsync(w => w.Db.Workflows.Single(f => f.ActiveSerial == alarm).Slug);
        var id = await first.RunAsync(Flows.Of("trigger > f:failing") with { Settings = new WorkflowSettings { ErrorWorkflow = slug } });
        await using var second = first.Restart(failing);
        await second.UntilAsync(id, RunStatus.Failed);
        Assert.Equal(1, failing.Calls);
    }

    [Theory]
    [InlineData(60, RunStatus.Done, null)]
    [InlineData(61, RunStatus.Failed, "output_too_deep")]
    public async Task Output_ThatIsNestedTooDeep_FailsTheStep(int levels, RunStatus status, string? code)
    {
        var deep = new ScriptedNode("deep", (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(
            JsonElement.Parse(new string('[', levels) + new string(']', levels), new JsonDocumentOptions { MaxDepth = 100 }))),
            effect: true);
        await using var engine = await StartAsync(deep);
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > d:deep")), RunStatus.Done, RunStatus.Failed);
        Assert.Equal((status, code, 1), (run.Header.Status, run.Header.ErrorCode, deep.Calls));
    }

    [Fact]
    public async Task ForEach_OverWhatIsNestedAsDeepAsMayBe_FailsWithTheLimit()
    {
        var deep = new ScriptedNode("deep", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonElement.Parse(new string('[', 60) + new string(']', 60)))), effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(), deep);
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > loop:each", "loop.each > d:deep").Setting("loop", """{"items":[1]}""")),
            RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Failed, "output_too_deep", 1), (run.Header.Status, run.Header.ErrorCode, deep.Calls));
    }

    private static ValueTask<NodeOutcome> Completed() => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(Nothing));

    private static WorkflowDefinition Bounded(WorkflowDefinition flow, string from, string to) =>
        flow with { Links = [.. flow.Links.Select(l => l.From == from && l.To == to ? l with { MaxRounds = 5 } : l)] };
}
