using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What may happen between two moments of the engine: requests, signals, crashes and refused commits.</summary>
public abstract class EngineRaceTests(TestStore store) : EngineSuite(store)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    private static readonly RunRequest Cancel = new(0, RunRequestKind.Cancel, null, null, default, "Dana");

    [Fact]
    public async Task RequestDuringARenewal_KeepsTheRunDue()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        var run = (await engine.Journal.LoadAsync(id, default))!.Run;
        var epoch = await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default);
        await engine.Journal.RequestAsync(EngineHarness.Tenant, id, Cancel, null, default);
        var later = engine.Clock.GetUtcNow() + TimeSpan.FromDays(3);
        await engine.Journal.AppendAsync(
            new RunAppend(run, epoch, [], new RunHeader(RunStatus.Waiting, "a", 0, later, null, null, null), [], [], []), default);
        Assert.Equal([id], await engine.Journal.DueAsync([run.Shard], engine.Clock.GetUtcNow() + TimeSpan.FromSeconds(5), 10, default));
    }

    [Fact]
    public async Task RequestWithoutARing_ReachesARunInHand()
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
        await engine.Journal.RequestAsync(EngineHarness.Tenant, id, Cancel, null, default);
        await engine.UntilAsync(id, RunStatus.Canceled);
    }

    [Fact]
    public async Task Term_ThatMayNotPostponeItsRunAnyMore_Ends()
    {
        HookedJournal? journal = null;
        await using var engine = await CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(ScriptedNode.Echo());
            services.AddSingleton<IJournal>(
                p => journal = new HookedJournal(ActivatorUtilities.CreateInstance<Engine.Storage.Journal.SqlJournal>(p)));
        });
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        var shard = RunBell.ShardOf(id);
        journal!.BeforeAppend = async _ =>
        {
            await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
            throw new InvalidOperationException("The disk is full.");
        };
        await engine.Get<ShardPumps>().RunTermAsync(shard, CancellationToken.None).WaitAsync(EngineHarness.Patience);
        Assert.Equal(RunStatus.Queued, (await engine.Journal.LoadAsync(id, default))!.Status);
        Assert.Equal([id], await engine.Journal.DueAsync([shard], engine.Clock.GetUtcNow() + TimeSpan.FromSeconds(5), 10, default));
    }

    [Fact]
    public async Task SignalWhileTheWaitIsBeingWoken_IsNotLost()
    {
        HookedJournal? journal = null;
        var heard = new TaskCompletionSource();
        await using var engine = await CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(Patient(heard.Task));
            services.AddSingleton<IJournal>(
                p => journal = new HookedJournal(ActivatorUtilities.CreateInstance<Engine.Storage.Journal.SqlJournal>(p)));
        });
        engine.Pump();
        var id = await engine.RunAsync(Flows.Of("trigger > a:patient"));
        await engine.UntilAsync(id, RunStatus.Waiting);
        // else the execution that parked it would wake it, too, without a look
        await engine.EventuallyAsync(() => engine.Get<Engine.Runtime.Shards.ShardPumps>().InHand == 0);
        var reads = 0;
        journal!.AfterInbox = async _ =>
        {
            // the first look finds nothing; the second comes while the step is being called, before it waits again
            if (Interlocked.Increment(ref reads) == 1) await engine.Writer.WriteAsync(Paid);
            else heard.TrySetResult();
        };
        engine.Clock.Advance(TimeSpan.FromDays(4));
        await engine.UntilAsync(id, RunStatus.Done);
    }

    [Fact]
    public async Task SignalBetweenTheCallAndACrash_IsNotLost()
    {
        EngineHarness? engine = null;
        var sent = new TaskCompletionSource();
        var asks = new ScriptedNode("patient", async (_, ct) =>
        {
            await engine!.Writer.WriteAsync(Paid, CancellationToken.None);
            sent.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return new NodeOutcome.Completed(default);
        }, effect: true, waits: true);
        await using (engine = await StartAsync(asks))
        {
            var id = await engine.RunAsync(Flows.Of("trigger > a:patient"));
            await sent.Task;
            await using var second = engine.Restart(Patient());
            await second.UntilAsync(id, RunStatus.Done);
        }
    }

    [Fact]
    public async Task WaitForATimeThatIsOver_LeavesNoWait()
    {
        await using var engine = await StartAsync(ScriptedNode.Waiting(TimeSpan.FromDays(-1), "paid:1"));
        await engine.UntilAsync(await engine.RunAsync(Flows.Of("trigger > a:waiting")), RunStatus.Done);
        Assert.Equal(0, await engine.Writer.WriteAsync(w => w.Db.RunWaits.Count()));
    }

    [Fact]
    public async Task RefusedCommit_CutsTheOtherCallsOff()
    {
        HookedJournal? journal = null;
        var cut = new TaskCompletionSource();
        var inside = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (_, ct) =>
        {
            await using var registration = ct.Register(() => cut.TrySetResult());
            inside.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return new NodeOutcome.Completed(default);
        }, effect: true);
        var quick = new ScriptedNode("quick", async (_, ct) =>
        {
            await inside.Task.WaitAsync(ct);
            journal!.BeforeAppend = _ => throw new IOException("The disk is full.");
            return new NodeOutcome.Completed(Nothing);
        }, effect: true);
        await using var engine = await CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(slow);
            services.AddSingleton<NodeType>(quick);
            services.AddSingleton<IJournal>(
                p => journal = new HookedJournal(ActivatorUtilities.CreateInstance<Engine.Storage.Journal.SqlJournal>(p)));
        });
        engine.Pump();
        await engine.RunAsync(Flows.Of("trigger > a:slow", "trigger > b:quick"));
        await cut.Task.WaitAsync(EngineHarness.Patience);
    }

    [Fact]
    public async Task Retry_OfAWokenStep_KeepsItsMemoryAndWhatWokeIt()
    {
        var seen = new List<string>();
        var node = new ScriptedNode("loop", (input, _) =>
        {
            seen.Add($"{input.Wake.Kind} {(input.State.ValueKind == JsonValueKind.Object ? input.State.GetRawText() : "-")}");
            return ValueTask.FromResult<NodeOutcome>(seen.Count switch
            {
                1 => new NodeOutcome.Waiting(input.Now + TimeSpan.FromDays(3), null, JsonElement.Parse("""{"sent":1}""")),
                2 => new NodeOutcome.Failed("busy", "Busy. Try later.", true),
                _ => new NodeOutcome.Completed(Nothing),
            });
        }, effect: true, waits: true);
        await using var engine = await StartAsync(node);
        var id = await engine.RunAsync(
            Flows.Of("trigger > a:loop").With("a", n => n with { Retry = new RetryPolicy(3, TimeSpan.FromMinutes(10), false) }));
        await engine.UntilAsync(id, RunStatus.Waiting);
        engine.Clock.Advance(TimeSpan.FromDays(4));
        while (seen.Count < 2) await Task.Delay(10);
        await engine.UntilAsync(id, RunStatus.Waiting);
        engine.Clock.Advance(TimeSpan.FromMinutes(11));
        await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal(["FirstCall -", """Time {"sent":1}""", """Time {"sent":1}"""], seen);
    }

    [Fact]
    public async Task EventThatStartsARun_DoesNotWakeItsFirstStep()
    {
        var listen = new ScriptedNode(
            "listen",
            (input, _) => ValueTask.FromResult<NodeOutcome>(input.Wake.Kind == NodeWakeKind.FirstCall
                ? new NodeOutcome.Waiting(null, "event:reply", default)
                : new NodeOutcome.Completed(input.Wake.Data)),
            effect: true, waits: true);
        await using var engine = await CreateAsync(listen);
        var version = await engine.PublishAsync(
            Flows.Of("trigger > a:listen") with { Trigger = new WorkflowTrigger { Type = "event", Event = "reply" } });
        await engine.Writer.WriteAsync(w => w.Db.Workflows.Single().TriggerType = "event");
        await engine.StartRunAsync(version); // somebody is about to wait, so the event is kept as a signal
        var id = (await RaiseAsync(engine, 1)).Started.Single();
        var told = (await RaiseAsync(engine, 2)).Started.Single();
        engine.Clock.Advance(TimeSpan.FromMinutes(-1)); // the clock of the node that calls the step is behind
        engine.Pump();
        var run = await engine.UntilAsync(id, RunStatus.Done);
        Assert.Equal("""{"n":2}""", run.Step("a").Output.GetRawText()); // the event that came after its start
        await engine.UntilAsync(told, RunStatus.Waiting);
        engine.Clock.Advance(TimeSpan.FromSeconds(5));
        await RaiseAsync(engine, 3);
        Assert.Equal("""{"n":3}""", (await engine.UntilAsync(told, RunStatus.Done)).Step("a").Output.GetRawText());
    }

    [Fact]
    public async Task EventsInOneCommit_OneStartsTheRunThatTheOtherIsFor()
    {
        var listen = new ScriptedNode(
            "listen",
            (input, _) => ValueTask.FromResult<NodeOutcome>(input.Wake.Kind == NodeWakeKind.FirstCall
                ? new NodeOutcome.Waiting(null, "event:payment", default)
                : new NodeOutcome.Completed(input.Wake.Data)),
            effect: true, waits: true);
        await using var engine = await CreateAsync(listen);
        await engine.PublishAsync(
            Flows.Of("trigger > a:listen") with { Trigger = new WorkflowTrigger { Type = "event", Event = "reply" } });
        await engine.Writer.WriteAsync(w => w.Db.Workflows.Single().TriggerType = "event");
        var events = engine.Get<PlatformEvents>();
        var started = await engine.Writer.WriteAsync(w =>
        {
            var id = events.Raise(w, EngineHarness.Tenant, new PlatformEvent("reply", () => Nothing)).Started.Single();
            events.Raise(w, EngineHarness.Tenant, new PlatformEvent("payment", () => JsonElement.Parse("""{"paid":true}""")));
            return id;
        });
        engine.Clock.Advance(TimeSpan.FromMinutes(-1)); // the clock of the node that calls the step is behind
        engine.Pump();
        Assert.Equal("""{"paid":true}""", (await engine.UntilAsync(started, RunStatus.Done)).Step("a").Output.GetRawText());
    }

    [Fact]
    public async Task NodeThatIsFullForAWorkspace_StillHearsACancel()
    {
        var inside = 0;
        var node = new ScriptedNode("hang", async (_, ct) =>
        {
            Interlocked.Increment(ref inside);
            await Task.Delay(Timeout.Infinite, ct);
            return new NodeOutcome.Completed(default);
        }, effect: true);
        await using var engine = await StartAsync(node);
        var version = await engine.PublishAsync(Flows.Of("trigger > a:hang"));
        var ids = await Task.WhenAll(Enumerable.Range(0, NodeLimits.MostRuns + 64).Select(_ => engine.StartRunAsync(version)));
        while (Volatile.Read(ref inside) < NodeLimits.MostPerWorkspace) await Task.Delay(10);
        var working = await engine.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Status == RunStatus.Running).Select(r => r.Id).First());
        await engine.Runs.RequestAsync(EngineHarness.Tenant, working, RunRequestKind.Cancel, null, "Dana");
        await engine.UntilAsync(working, RunStatus.Canceled);
        Assert.Contains(working, ids);
    }

    [Fact]
    public async Task Cancel_EndsARunWhoseStepTypeIsGone()
    {
        await using var first = await StartAsync(ScriptedNode.Echo(), ScriptedNode.Waiting(TimeSpan.FromDays(3), "paid:1"));
        var id = await first.RunAsync(Flows.Of("trigger > a:echo > b:waiting"));
        await first.UntilAsync(id, RunStatus.Waiting);
        await first.StopAsync();
        await using var second = first.Restart(ScriptedNode.Echo());
        await second.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Dana");
        var run = await first.UntilAsync(id, RunStatus.Canceled); // the first still knows the type, to read the run with
        Assert.Equal(new RunEvent.RunCanceled("Dana"), run.Entries[^1].Event);
        Assert.Equal((1, null), (run.Header.StepsDone, run.Header.WakeAt));
        Assert.Equal((0, 0), await second.Writer.WriteAsync(w => (w.Db.RunWaits.Count(), w.Db.RunInbox.Count())));
    }

    // waits for a payment for three days at a time, as long as it takes
    private static ScriptedNode Patient(Task? late = null) => new(
        "patient",
        async (input, ct) =>
        {
            if (input.Wake.Kind == NodeWakeKind.Signal) return new NodeOutcome.Completed(Nothing);
            if (input.Wake.Kind == NodeWakeKind.Time && late is not null) await late.WaitAsync(ct);
            return new NodeOutcome.Waiting(input.Now + TimeSpan.FromDays(3), "paid:1", default);
        },
        effect: true, waits: true);

    private static Task<EventReception> RaiseAsync(EngineHarness engine, int n) => engine.Writer.WriteAsync(
        w => engine.Get<PlatformEvents>()
            .Raise(w, EngineHarness.Tenant, new PlatformEvent("reply", () => JsonSerializer.SerializeToElement(new { n }))));

    private static int Paid(StudioWrite w)
    {
        w.Signal(EngineHarness.Tenant, "paid:1", default);
        return 0;
    }
}
