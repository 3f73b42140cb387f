using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What people and time may do to a run: pause, signal, deadline, repeat, test.</summary>
public abstract class RunControlTests(TestStore store) : EngineSuite(store)
{
    private static readonly Tenant Tenant = EngineHarness.Tenant;

    [Fact]
    public async Task Pause_OfAWaitingRun_HoldsItUntilItIsResumed()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(1), null), ScriptedNode.Echo());
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > w:waiting > e:echo")), RunStatus.Waiting);
        await engine.Runs.RequestAsync(Tenant, run.Header.Id, RunRequestKind.Pause, null, "Ada");
        await engine.UntilAsync(run.Header.Id, RunStatus.Paused);
        engine.Clock.Advance(TimeSpan.FromDays(2));
        // once more changes nothing, but makes the pump look
        await engine.Runs.RequestAsync(Tenant, run.Header.Id, RunRequestKind.Pause, null, "Ada");
        await engine.EventuallyAsync(() => engine.InboxCount(run.Header.Id) == 0);
        Assert.Equal(StepStatus.Waiting, (await engine.UntilAsync(run.Header.Id, RunStatus.Paused)).Step("w").Status);
        await engine.Runs.RequestAsync(Tenant, run.Header.Id, RunRequestKind.Resume, null, "Ada");
        run = await engine.UntilAsync(run.Header.Id, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, 1, 1), (run.Header.Status, run.Entries.Count(e => e.Event is RunEvent.RunPaused),
            run.Entries.Count(e => e.Event is RunEvent.RunResumed { By: "Ada" })));
    }

    [Fact]
    public async Task Pause_WhileAStepIsUnderWay_RecordsItAndBeginsNothing()
    {
        var hold = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (_, _) =>
        {
            await hold.Task;
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await StartAsync(slow, ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > s:slow > e:echo"));
        await engine.EventuallyAsync(() => slow.Calls == 1);
        await engine.Runs.RequestAsync(Tenant, id, RunRequestKind.Pause, null, "Ada");
        await engine.UntilAsync(id, RunStatus.Paused);
        hold.SetResult();
        await engine.EventuallyAsync(async () => (await engine.Views.ReadAsync(Tenant, id, default))!.Step("s").Status == StepStatus.Done);
        var run = await engine.UntilAsync(id, RunStatus.Paused);
        Assert.Equal(StepStatus.NotStarted, run.Step("e").Status);
        await engine.Runs.RequestAsync(Tenant, id, RunRequestKind.Resume, null, "Ada");
        await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal(1, slow.Calls);
    }

    [Fact]
    public async Task Cancel_OfAPausedRun_EndsIt()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(null, "answer"));
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > w:waiting")), RunStatus.Waiting);
        await engine.Runs.RequestAsync(Tenant, run.Header.Id, RunRequestKind.Pause, null, "Ada");
        await engine.UntilAsync(run.Header.Id, RunStatus.Paused);
        await engine.Runs.RequestAsync(Tenant, run.Header.Id, RunRequestKind.Cancel, null, "Ada");
        await engine.UntilAsync(run.Header.Id, RunStatus.Canceled);
        Assert.Equal(0, await engine.CountWaitsAsync(run.Header.Id));
    }

    [Fact]
    public async Task Signals_ThatComeTogether_AreHeardOneAfterTheOther()
    {
        var heard = new List<int>();
        var listener = new ScriptedNode("listen", (input, _) =>
        {
            if (input.Wake.Kind == NodeWakeKind.Signal) heard.Add(input.Wake.Data.GetInt32());
            return ValueTask.FromResult<NodeOutcome>(
                heard.Count == 3 ? new NodeOutcome.Completed(JsonElement.Parse("{}")) : new NodeOutcome.Waiting(null, "news", default));
        }, effect: true, waits: true);
        await using var engine = await StartAsync(listener);
        var id = await engine.RunAsync(Flows.Of("trigger > l:listen"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        await engine.Writer.WriteAsync(w =>
        {
            for (var i = 1; i <= 3; i++)
                w.Signal(Tenant, "news", JsonElement.Parse(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return 0;
        });
        await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal([1, 2, 3], heard);
    }

    [Fact]
    public async Task Signal_ThatItsRuleDoesNotLetPass_WakesNobodyAndLeavesNoTrace()
    {
        var waiting = new ScriptedNode("listen", (input, _) => ValueTask.FromResult<NodeOutcome>(input.Wake.Kind == NodeWakeKind.Signal
            ? new NodeOutcome.Completed(input.Wake.Data)
            : new NodeOutcome.Waiting(null, "event:paid", default, null, JsonElement.Parse("""{">":[{"var":"data.total"},100]}"""))),
            effect: true, waits: true);
        await using var engine = await StartAsync(waiting);
        var id = await engine.RunAsync(Flows.Of("trigger > l:listen"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        foreach (var total in new[] { 20, 300 })
            await engine.Writer.WriteAsync(w =>
            {
                w.Signal(Tenant, "event:paid", JsonSerializer.SerializeToElement(new { total }));
                return 0;
            });
        var run = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal(("""{"total":300}""", 1), (run.Step("l").Output.GetRawText(), run.Entries.Count(e => e.Event is RunEvent.StepWoken)));
    }

    [Theory]
    [InlineData(true, RunStatus.Failed)]
    [InlineData(false, RunStatus.Done)]
    public async Task Deadline_EndsAWaitingRunAsItsWorkflowSays(bool timeout, RunStatus expected)
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(300), null));
        var flow = Flows.Of("trigger > w:waiting") with
        {
            Settings = timeout
                ? new WorkflowSettings { Timeout = TimeSpan.FromDays(2) }
                : new WorkflowSettings { Exit = new ExitConditions(null, 2) },
        };
        var id = await engine.RunAsync(flow);
        await engine.UntilAsync(id, RunStatus.Waiting);
        engine.Clock.Advance(TimeSpan.FromDays(3));
        var run = await engine.UntilAsync(id, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((expected, timeout ? "run_timeout" : null, StepStatus.Canceled),
            (run.Header.Status, run.Header.ErrorCode, run.Step("w").Status));
    }

    [Fact]
    public async Task Repeat_FromWhereItFailed_DoesOnlyTheRest()
    {
        var luck = false;
        var first = ScriptedNode.Echo("first", effect: true);
        var moody = new ScriptedNode("moody", (_, _) => ValueTask.FromResult<NodeOutcome>(
            luck ? new NodeOutcome.Completed(JsonElement.Parse("{}")) : new NodeOutcome.Failed("no_luck", "No.")), effect: true);
        await using var engine = await StartAsync(first, moody, ScriptedNode.Echo());
        var failed = await engine.UntilAsync(await engine.RunAsync(
            Flows.Of("trigger > a:first > b:moody > c:echo").Setting("c", """{"a":"{{ $node.a }}"}"""), """{"x":1}"""), RunStatus.Failed);
        luck = true;
        var repeated = await engine.Runs.RepeatAsync(Tenant, failed.Header.Id, null, "retry");
        var run = await engine.UntilAsync(repeated.Started!.RunId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, 1, 2, failed.Header.Id, "retry"),
            (run.Header.Status, first.Calls, moody.Calls, run.Header.RetryOf!.Value, run.Header.Cause));
        Assert.Equal(RunStatus.Failed, (await engine.UntilAsync(failed.Header.Id, RunStatus.Failed)).Header.Status);
        Assert.Equal(RepeatRefusal.NothingFailed, (await engine.Runs.RepeatAsync(Tenant, run.Header.Id, null, "retry")).Refusal);
    }

    [Fact]
    public async Task Repeat_OfOneIteration_KeepsTheOthers()
    {
        var bad = 1;
        var picky = new ScriptedNode("picky", (input, _) => ValueTask.FromResult<NodeOutcome>(
            input.Iteration!.Index == bad
                ? new NodeOutcome.Failed("bad_item", "It is bad.")
                : new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new { n = input.Iteration.Index }))), effect: true);
        await using var engine = await StartAsync(ScriptedNode.ForEach(2, true), picky, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > loop:each", "loop.each > p:picky", "loop.done > e:echo")
            .Setting("loop", """{"items":["a","b","c"]}""").Setting("e", """{"failed":"{{ $node.loop.failed }}"}""");
        var done = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);
        Assert.Equal("""{"failed":1}""", done.Step("e").Output.GetRawText());
        bad = -1;
        var repeated = await engine.Runs.RepeatAsync(Tenant, done.Header.Id, ("loop", 1), "retry");
        var run = await engine.UntilAsync(repeated.Started!.RunId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal(("""{"items":[{"n":0},{"n":1},{"n":2}],"count":3,"failed":0}""", """{"failed":0}""", 4),
            (run.Step("loop").Output.GetRawText(), run.Step("e").Output.GetRawText(), picky.Calls));
        Assert.Equal(RepeatRefusal.NoSuchIteration, (await engine.Runs.RepeatAsync(Tenant, done.Header.Id, ("loop", 7), "retry")).Refusal);
    }

    [Fact]
    public async Task Test_UpToAStepWithPins_CallsOnlyWhatIsNeeded()
    {
        var (source, middle, other) =
            (ScriptedNode.Echo("source", true), ScriptedNode.Echo("middle", true), ScriptedNode.Echo("other", true));
        await using var engine = await StartAsync(source, middle, other, ScriptedNode.Echo());
        var flow = Flows.Of("trigger > s:source > p:middle > m:middle > target:echo > after:other", "trigger > x:other")
            .Setting("target", """{"got":"{{ $node.p.name }}"}""");
        var start = new StartRunRequest
        {
            Tenant = Tenant,
            VersionSerial = await engine.PublishAsync(flow),
            Payload = JsonElement.Parse("{}"),
            Cause = "test",
            UpTo = "target",
        };
        var started = await engine.Runs.TestAsync(
            start, new Dictionary<string, JsonElement> { ["p"] = JsonElement.Parse("""{"name":"Ada"}""") });
        var run = await engine.UntilAsync(started.RunId, RunStatus.Done, RunStatus.Failed);
        Assert.Equal((RunStatus.Done, true, """{"got":"Ada"}""", 0, 1, 0),
            (run.Header.Status, run.Header.IsTest, run.Step("target").Output.GetRawText(), source.Calls, middle.Calls, other.Calls));
        Assert.Equal("""{"got":"Ada"}""", run.State.Output.GetRawText());
    }
}
