using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

public abstract class EngineTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task Chain_PassesPayloadAndOutputsOn()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var definition = Flows.Of("trigger > a:echo > b:echo").Setting("a", """{"x":"{{ $initialPayload.n }}"}""")
            .Setting("b", """{"y":"{{ $node.a.x }}","z":"n is {{ x }}"}""");
        var run = await engine.UntilAsync(await engine.RunAsync(definition, """{"n":7}"""), RunStatus.Done);
        Assert.Equal("""{"y":7,"z":"n is 7"}""", run.Step("b").Output.GetRawText());
        Assert.Equal(["RunStarted", "StepCompleted", "StepCompleted", "RunCompleted"], run.Entries.Select(e => e.Event.Kind.ToString()));
        Assert.Equal((2, null, null), (run.Header.StepsDone, run.Header.CurrentNode, run.Header.WakeAt));
    }

    [Fact]
    public async Task StepWithEffect_IsRecordedAsStartedBeforeItIsCalled()
    {
        EngineHarness? engine = null;
        RunStatus? seen = null;
        var node = new ScriptedNode("effect", async (input, ct) =>
        {
            var record = await engine!.Journal.LoadAsync(input.Run.RunId, ct);
            seen = record!.Status;
            return new NodeOutcome.Completed(JsonSerializer.SerializeToElement(
                new { kinds = record.Entries.Select(e => e.Event.Kind.ToString()), key = input.EffectKey }));
        }, effect: true);
        await using (engine = await StartAsync(node))
        {
            var id = await engine.RunAsync(Flows.Of("trigger > a:effect"));
            var run = await engine.UntilAsync(id, RunStatus.Done);
            Assert.Equal($$"""{"kinds":["RunStarted","StepStarted"],"key":"{{id:N}}:a"}""", run.Step("a").Output.GetRawText());
            Assert.Equal(RunStatus.Running, seen);
        }
    }

    [Fact]
    public async Task FanOut_RunsBranchesConcurrently()
    {
        var both = new TaskCompletionSource();
        var inside = 0;
        var node = new ScriptedNode("meet", async (_, ct) =>
        {
            if (Interlocked.Increment(ref inside) == 2) both.SetResult();
            await both.Task.WaitAsync(EngineHarness.Patience, ct);
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await StartAsync(node, ScriptedNode.Echo());
        await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:meet > c:echo", "trigger > b:meet > c")), RunStatus.Done);
        Assert.Equal(2, inside);
    }

    [Fact]
    public async Task Wait_EndsWhenItsTimeHasCome()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), null));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        var waiting = await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal(
            (StepStatus.Waiting, "an answer", "a"), (waiting.Step("a").Status, waiting.Step("a").Caption, waiting.Header.CurrentNode));
        Assert.Equal(waiting.Step("a").Until, waiting.Header.WakeAt);
        engine.Clock.Advance(TimeSpan.FromDays(4));
        var done = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal("""{"why":"Time","signal":null,"remembered":1}""", done.Step("a").Output.GetRawText());
    }

    [Fact]
    public async Task Wait_EndsBySignal_AndOnlyForItsTenant()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), "paid:1"));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        await engine.Writer.WriteAsync(w => Signal(w, EngineHarness.Tenant with { Environment = StudioEnvironment.Test }));
        Assert.Empty(await engine.Journal.InboxAsync(id, default));
        await engine.Writer.WriteAsync(w => Signal(w, EngineHarness.Tenant));
        var done = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal("""{"why":"Signal","signal":"paid:1","remembered":1}""", done.Step("a").Output.GetRawText());
        Assert.Empty(await engine.Journal.InboxAsync(id, default));
    }

    [Fact]
    public async Task SignalOfWorkThatIsUndone_WakesNobody()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), "paid:1"));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Writer.WriteAsync<int>(w =>
        {
            Signal(w, EngineHarness.Tenant);
            throw new InvalidOperationException("undone");
        }));
        Assert.Empty(await engine.Journal.InboxAsync(id, default));
        Assert.Equal(RunStatus.Waiting, (await engine.UntilAsync(id, RunStatus.Waiting)).Header.Status);
    }

    [Fact]
    public async Task SignalSentBetweenTheCallAndTheWait_IsNotLost()
    {
        EngineHarness? engine = null;
        var node = new ScriptedNode("race", async (input, _) =>
        {
            if (input.Wake.Kind == NodeWakeKind.Signal) return new NodeOutcome.Completed(JsonElement.Parse("{}"));
            await engine!.Writer.WriteAsync(w => Signal(w, EngineHarness.Tenant), CancellationToken.None);
            return new NodeOutcome.Waiting(input.Now + TimeSpan.FromDays(3), "paid:1", default);
        }, effect: true, waits: true);
        await using (engine = await StartAsync(node))
            await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:race")), RunStatus.Done);
    }

    [Fact]
    public async Task RunTakenUpForNothing_IsNotDueAgain()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), null));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        var until = (await engine.UntilAsync(id, RunStatus.Waiting)).Header.WakeAt;
        await engine.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Id == id)
            .ExecuteUpdate(u => u.SetProperty(r => r.WakeAt, engine.Clock.GetUtcNow() - TimeSpan.FromMinutes(1))));
        while ((await engine.UntilAsync(id, RunStatus.Waiting)).Header.WakeAt != until) await Task.Delay(10);
    }

    [Fact]
    public async Task WakeNow_CallsTheStepBeforeItsTime()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), null));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        Assert.Equal(RunStatus.Waiting, await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.WakeNow, "a", "Dana"));
        var done = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Contains(done.Entries, e => e.Event is RunEvent.StepWoken { By: "Dana", Why: NodeWakeKind.Time });
    }

    [Fact]
    public async Task Cancel_EndsAWaitingRun_AndLeavesNoWait()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), "paid:1"));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Dana");
        var run = await engine.UntilAsync(id, RunStatus.Canceled);
        Assert.Equal(StepStatus.Canceled, run.Step("a").Status);
        await engine.Writer.WriteAsync(w =>
        {
            Assert.Empty(w.Db.RunWaits);
            return 0;
        });
    }

    [Fact]
    public async Task Cancel_CutsAStepOff()
    {
        var inside = new TaskCompletionSource();
        var node = new ScriptedNode("slow", async (_, ct) =>
        {
            inside.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return new NodeOutcome.Completed(default);
        }, effect: true);
        await using var engine = await StartAsync(node);
        var id = await engine.RunAsync(Flows.Of("trigger > a:slow"));
        await inside.Task;
        await engine.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Dana");
        await engine.UntilAsync(id, RunStatus.Canceled);
    }

    [Fact]
    public async Task RequestForAnotherTenantsRun_IsLikeAnUnknownRun()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(3), null));
        var id = await engine.RunAsync(Flows.Of("trigger > a:waiting"));
        Assert.Null(
            await engine.Runs.RequestAsync(new Tenant(Guid.Empty, StudioEnvironment.Live), id, RunRequestKind.Cancel, null, "somebody"));
        await engine.UntilAsync(id, RunStatus.Waiting);
    }

    [Fact]
    public async Task Failure_IsOnTheHeader()
    {
        await using var engine = await StartAsync(ScriptedNode.Failing(), ScriptedNode.Echo());
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:failing > b:echo")), RunStatus.Failed);
        Assert.Equal(("no_luck", "a: It did not work. Try another day."), (run.Header.ErrorCode, run.Header.ErrorMessage));
        Assert.NotNull(run.Header.FinishedAt);
    }

    [Fact]
    public async Task Retry_CallsAgainWithTheSameEffectKey()
    {
        var (keys, since) = (new List<string>(), new List<DateTimeOffset?>());
        var node = new ScriptedNode("flaky", (input, _) =>
        {
            since.Add(input.Since);
            keys.Add(input.EffectKey);
            return ValueTask.FromResult<NodeOutcome>(input.Attempt < 3
                ? new NodeOutcome.Failed("busy", "Busy. Try later.", true)
                : new NodeOutcome.Completed(JsonElement.Parse("{}")));
        }, effect: true);
        await using var engine = await StartAsync(node);
        var definition = Flows.Of("trigger > a:flaky")
            .With("a", n => n with { Retry = new RetryPolicy(3, TimeSpan.FromMinutes(10), true) });
        var id = await engine.RunAsync(definition);
        await engine.UntilAsync(id, RunStatus.Waiting);
        engine.Clock.Advance(TimeSpan.FromMinutes(11));
        while (keys.Count < 2) await Task.Delay(10);
        await engine.UntilAsync(id, RunStatus.Waiting);
        engine.Clock.Advance(TimeSpan.FromMinutes(21));
        var run = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal(3, run.Step("a").Attempt);
        Assert.Single(keys.Distinct());
        Assert.True(Assert.Single(since.Distinct()) < engine.Clock.GetUtcNow().AddMinutes(-31)); // the first call
    }

    [Fact]
    public async Task RoundsWithoutEnd_EndAtTheLimitOfEvents()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:echo > b:echo > a")), RunStatus.Failed);
        Assert.Equal("too_many_events", run.Header.ErrorCode);
    }

    [Fact]
    public async Task MissingReference_FailsTheStepWithPathAndPlace()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo());
        var run = await engine.UntilAsync(
            await engine.RunAsync(Flows.Of("trigger > a:echo").Setting("a", """{"text":"Hi {{ $initialPayload.first_name }}"}""")),
            RunStatus.Failed);
        Assert.Equal("unresolved_reference", run.Header.ErrorCode);
        Assert.Contains("text", run.Header.ErrorMessage!, StringComparison.Ordinal);
        Assert.Contains("first_name", run.Header.ErrorMessage!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_FailsTheStepWithoutItsText()
    {
        var node = new ScriptedNode("broken", (_, _) => throw new InvalidOperationException("secret"));
        await using var engine = await StartAsync(node);
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:broken")), RunStatus.Failed);
        Assert.Equal(("internal_error", "a: The step met an error of its own. The server's log has the details."),
            (run.Header.ErrorCode, run.Header.ErrorMessage));
    }

    [Fact]
    public async Task OutputOverOneMebibyte_FailsTheStep()
    {
        var node = new ScriptedNode("large", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new { x = new string('x', 1024 * 1024) }))));
        await using var engine = await StartAsync(node);
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:large")), RunStatus.Failed);
        Assert.Equal("a: The step's output has 1,048,584 bytes; at most 1,048,576 are allowed (1 MiB).", run.Header.ErrorMessage);
    }

    [Fact]
    public async Task LargeOutput_LivesInTheBlobTable_AndComesBack()
    {
        var node = new ScriptedNode("large", (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new { x = new string('x', 100_000) }))));
        await using var engine = await StartAsync(node);
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:large")), RunStatus.Done);
        Assert.Equal(100_000, run.Step("a").Output.GetProperty("x").GetString()!.Length);
        Assert.Equal(1, await engine.Writer.WriteAsync(w => w.Db.RunBlobs.Count()));
    }

    [Fact]
    public async Task Restart_GoesOnFromTheLastRecordedStep()
    {
        var calls = new List<string>();
        var hang = new TaskCompletionSource();
        ScriptedNode Node(bool hangs) => new("work", async (input, ct) =>
        {
            lock (calls) calls.Add(input.NodeId + input.Attempt);
            if (hangs && input.NodeId == "b")
            {
                hang.TrySetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None).WaitAsync(ct);
            }

            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var first = await StartAsync(Node(true));
        var id = await first.RunAsync(Flows.Of("trigger > a:work > b:work > c:work"));
        await hang.Task;
        // the first engine still believes that it owns the shard; the second takes it over
        await using var second = first.Restart(Node(false));
        await second.UntilAsync(id, RunStatus.Done);
        Assert.Equal(["a1", "b1", "b1", "c1"], calls);
    }

    [Fact]
    public async Task OwnerThatLostItsShard_WritesNothing()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        var run = (await engine.Journal.LoadAsync(id, default))!.Run;
        var old = await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default);
        await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default);
        var append = new RunAppend(run, old, [new JournalEntry(2, engine.Clock.GetUtcNow(), new RunEvent.RunCompleted())],
            new RunHeader(RunStatus.Done, null, 0, null, null, null, null), [], [], []);
        var e = await Assert.ThrowsAsync<ShardLostException>(() => engine.Journal.AppendAsync(append, default));
        Assert.Equal($"Shard {run.Shard} has a newer owner than epoch {old}.", e.Message);
        Assert.Single((await engine.Journal.LoadAsync(id, default))!.Entries);
    }

    [Fact]
    public async Task OneBadWriteInACommit_DoesNotHurtTheOthers()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var good = Enumerable.Range(0, 50).Select(_ => engine.StartRunAsync(version)).ToList();
        var bad = engine.Writer.WriteAsync<int>(_ => throw new InvalidOperationException("bad"));
        good.AddRange(Enumerable.Range(0, 50).Select(_ => engine.StartRunAsync(version)));
        var ids = await Task.WhenAll(good);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(100, await engine.Writer.WriteAsync(w => w.Db.Runs.Count(r => ids.Contains(r.Id))));
    }

    [Fact]
    public async Task Feed_AndSnapshot_MissNothingAndDoubleNothing()
    {
        var gate = new TaskCompletionSource();
        var node = new ScriptedNode("chatty", async (input, ct) =>
        {
            for (var i = 0; i < 200; i++)
            {
                input.Log(NodeLogLevel.Info, $"line {i}");
                if (i == 100) await gate.Task.WaitAsync(ct);
            }

            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await StartAsync(node);
        var id = await engine.RunAsync(Flows.Of("trigger > a:chatty"));
        using var subscription = engine.Feed.Subscribe(id);
        var view = (await engine.Views.ReadAsync(EngineHarness.Tenant, id, default))!;
        gate.SetResult();
        await foreach (var batch in subscription.ReadAsync())
        {
            Assert.True(view.TryApply(batch.Entries.Select(e => e.Entry)));
            if (view.State.IsFinal) break;
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"line {i}"),
            view.Entries.Select(e => e.Event).OfType<RunEvent.Log>().Select(l => l.Text));
        Assert.Equal(Enumerable.Range(1, view.Entries.Count).Select(i => (long)i), view.Entries.Select(e => e.Seq));
    }

    [Fact]
    public async Task LogLinesOverTheLimit_AreCutWithOneLineThatSaysSo()
    {
        var node = new ScriptedNode("flood", (input, _) =>
        {
            for (var i = 0; i < 10_100; i++) input.Log(NodeLogLevel.Info, "x");
            return ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(JsonElement.Parse("{}")));
        });
        await using var engine = await StartAsync(node);
        var run = await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:flood")), RunStatus.Done);
        var lines = run.Entries.Select(e => e.Event).OfType<RunEvent.Log>().Select(l => l.Text).ToList();
        Assert.Equal((10_001, "The run has written 10,000 lines; further ones are not kept."), (lines.Count, lines[^1]));
    }

    private static int Signal(StudioWrite w, Tenant tenant)
    {
        w.Signal(tenant, "paid:1", default);
        return 0;
    }
}
