using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Events;

/// <summary>Against the real writer, for what counts is what is durable together.</summary>
public abstract class PlatformEventsTests(TestStore store) : EngineSuite(store)
{
    private const string Name = "contact-created";

    private static readonly Tenant Other = EngineHarness.Tenant with { Environment = StudioEnvironment.Test };

    [Fact]
    public async Task Raise_ActiveWorkflowsOfThisEvent_StartsOneRunOfEach()
    {
        await using var engine = await StartAsync();
        var (first, second) = (await ListenAsync(engine, Name), await ListenAsync(engine, Name));
        await ListenAsync(engine, "contact-updated");

        var came = await RaiseAsync(engine, """{"first_name":"Maria","plan":"gold"}""");

        Assert.Equal((2, 0, false), (came.Started.Count, came.Refused, came.IsDuplicate));
        foreach (var id in came.Started) await engine.UntilAsync(id, RunStatus.Done);
        var runs = await RunsAsync(engine);
        Assert.Equal([first, second], runs.Select(r => r.WorkflowId).Order());
        Assert.All(runs, r => Assert.Equal(("event", "Maria", 0), (r.Cause, r.Subject, r.Depth)));
        var log = await LogAsync(engine);
        Assert.Equal(came.Started.Order(), log.Select(l => l.RunId!.Value).Order());
        Assert.All(log, l => Assert.Equal((TriggerOutcome.Started, "event", Name, null), (l.Outcome, l.Cause, l.Event, l.Reason)));
        Assert.Equal("gold", (await engine.Journal.LoadAsync(came.Started[0], default))!.Entries[0].Event is RunEvent.RunStarted start
            ? start.Payload.GetProperty("plan").GetString()
            : null);
    }

    [Theory]
    [InlineData(WorkflowStatus.Paused)]
    [InlineData(WorkflowStatus.Draft)]
    public async Task Raise_WorkflowThatIsNotActive_StartsNothing(WorkflowStatus status)
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var id = await ListenAsync(engine, Name);
        await engine.Writer.WriteAsync(w => w.Db.Workflows.Single(x => x.Id == id).Status = status);

        Assert.Empty((await RaiseAsync(engine)).Started);
        Assert.Equal((0, 0, 0), await CountsAsync(engine));
    }

    [Fact]
    public async Task Raise_InAnotherEnvironment_StartsNothing()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name);

        await engine.Writer.WriteAsync(w => engine.Get<PlatformEvents>().Raise(w, Other, Of("{}")));

        Assert.Equal((0, 0, 0), await CountsAsync(engine));
    }

    [Fact]
    public async Task Raise_ConstraintsThatDoNotHold_IsRefusedAndTold()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var gold = await ListenAsync(engine, Name, """{"==":[{"var":"data.plan"},"gold"]}""");
        var basic = await ListenAsync(engine, Name, """{"==":[{"var":"data.plan"},"basic"]}""");

        var came = await RaiseAsync(engine, """{"plan":"basic"}""");

        Assert.Equal((1, 1), (came.Started.Count, came.Refused));
        Assert.Equal(basic, Assert.Single(await RunsAsync(engine)).WorkflowId);
        var refused = Assert.Single(await LogAsync(engine), l => l.Outcome == TriggerOutcome.Refused);
        Assert.Equal(
            (gold, "constraints", """{"data.plan":"basic"}""", null), (refused.WorkflowId, refused.Reason, refused.Detail, refused.RunId));
    }

    [Fact]
    public async Task Raise_AWeighedEvent_AsksOnlyRulesThatCameSince()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var events = engine.Get<PlatformEvents>();
        var asked = 0;
        var gold = await ListenAsync(engine, Name, """{"==":[{"var":"data.plan"},"gold"]}""");
        await ListenAsync(engine, Name, """{"==":[{"var":"data.plan"},"basic"]}""");
        var weighed = await events.WeighAsync(
            EngineHarness.Tenant, new PlatformEvent(Name, () => { asked++; return JsonElement.Parse("""{"plan":"gold"}"""); }), default);
        Assert.Equal(
            [(true, """{"data.plan":"gold"}"""), (false, """{"data.plan":"gold"}""")],
            weighed.Verdicts.OrderBy(v => v.Key).Select(v => (v.Value.Allows, v.Value.Saw)));

        // published between the two: nobody has asked it yet
        var late = await ListenAsync(engine, Name, """{"==":[{"var":"data.plan"},"gold"]}""");
        // and a verdict that only a rule that is not asked again can have
        var verdicts = weighed.Verdicts.ToDictionary(v => v.Key, v => v.Value with { Saw = "weighed" });
        var came = await engine.Writer.WriteAsync(w => events.Raise(w, EngineHarness.Tenant, weighed with { Verdicts = verdicts }));

        Assert.Equal((2, 1, 1), (came.Started.Count, came.Refused, asked));
        Assert.Equal(new[] { gold, late }.Order(), (await RunsAsync(engine)).Select(r => r.WorkflowId).Order());
        Assert.Equal(["weighed", "weighed", """{"data.plan":"gold"}"""],
            (await LogAsync(engine)).OrderBy(l => l.WorkflowId == late).Select(l => l.Detail));
    }

    [Fact]
    public async Task Raise_NobodyListens_AsksForNoDataAndWritesNothing()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, "other");

        await engine.Writer.WriteAsync(w => engine.Get<PlatformEvents>()
            .Raise(w, EngineHarness.Tenant, new PlatformEvent(Name, () => throw new InvalidOperationException("No data is wanted."))));

        Assert.Equal((0, 0, 0), await CountsAsync(engine));
    }

    [Fact]
    public async Task Raise_SameIdAgain_DoesNothing()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name);

        var first = await RaiseAsync(engine, id: "e-1");
        var again = await RaiseAsync(engine, """{"other":"data"}""", id: "e-1");
        var next = await RaiseAsync(engine, id: "e-2");

        Assert.Equal((1, 0, 1), (first.Started.Count, again.Started.Count, next.Started.Count));
        Assert.True(again.IsDuplicate);
        Assert.Equal(2, (await RunsAsync(engine)).Count);
    }

    [Fact]
    public async Task Raise_SameIdManyTimesAtOnce_StartsOneRun()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name);

        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RaiseAsync(engine, id: "e-1")));

        Assert.Single(all, e => !e.IsDuplicate);
        Assert.Single(await RunsAsync(engine));
    }

    [Fact]
    public async Task Raise_WorkThatIsUndone_LeavesNothing()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name);

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Writer.WriteAsync<int>(w =>
        {
            Assert.Single(engine.Get<PlatformEvents>().Raise(w, EngineHarness.Tenant, Of("{}") with { Id = "e-1" }).Started);
            throw new InvalidOperationException("undone");
        }));

        Assert.Equal((0, 0, 0), await CountsAsync(engine));
        Assert.Single((await RaiseAsync(engine, id: "e-1")).Started);
    }

    [Fact]
    public async Task Raise_StepThatWaits_IsWokenWithTheData()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var run = await WaitingAsync(engine, EventName.Signal(Name));

        await RaiseAsync(engine, """{"x":1}""");

        var request = Assert.Single(await engine.Journal.InboxAsync(run, default));
        Assert.Equal(
            (RunRequestKind.Signal, "event:contact-created", """{"x":1}"""), (request.Kind, request.Name, request.Data.GetRawText()));
    }

    [Fact]
    public async Task Raise_RunAtWork_FindsTheSignalWhenItWaitsAMomentLater()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await engine.RunAsync(Flows.Of("trigger > a:x"));

        await RaiseAsync(engine);

        await using var db = await DbAsync(engine);
        Assert.Equal("event:contact-created", (await db.Signals.SingleAsync()).Name);
    }

    [Fact]
    public async Task Raise_ByTheOnlyRunAtWork_WritesNoSignal()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var run = await engine.RunAsync(Flows.Of("trigger > a:x"));

        await RaiseAsync(engine, by: run);

        await using var db = await DbAsync(engine);
        Assert.Empty(db.Signals);
    }

    [Fact]
    public async Task Raise_RunsThatStartEachOther_EndAtTheTwentieth()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var workflow = await ListenAsync(engine, Name);
        Guid? last = null;
        for (var depth = 0; depth <= PlatformEvents.MaxDepth; depth++) last = Assert.Single((await RaiseAsync(engine, by: last)).Started);

        var came = await RaiseAsync(engine, by: last);

        Assert.Equal((0, 1), (came.Started.Count, came.Refused));
        Assert.Equal(Enumerable.Range(0, 21), (await RunsAsync(engine)).Select(r => r.Depth).Order());
        var refused = Assert.Single(await LogAsync(engine), l => l.Outcome == TriggerOutcome.Refused);
        Assert.Equal((workflow, "too_deep", """{"depth":21}"""), (refused.WorkflowId, refused.Reason, refused.Detail));
    }

    [Fact]
    public async Task Raise_OfWhatARunDoesByItself_SparesItsOwnWorkflow()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        var own = await ListenAsync(engine, Name);
        var run = Assert.Single((await RaiseAsync(engine)).Started);
        var other = await ListenAsync(engine, Name);

        var came = await engine.Writer.WriteAsync(w => engine.Get<PlatformEvents>().Raise(
            w, EngineHarness.Tenant, Of("{}") with { RaisedBy = run, IsForOwnWorkflow = false }));

        Assert.Equal([(own, "own_run"), (other, null)], came.Reached.Select(r => (r.WorkflowId, r.Reason)));
        Assert.Equal(own, Assert.Single(await LogAsync(engine), l => l.Reason == "own_run").WorkflowId);
    }

    [Fact]
    public async Task IsHeard_WhereNobodyListensAndNothingRuns_IsFalse()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        Assert.False(await engine.Get<PlatformEvents>().IsHeardAsync(EngineHarness.Tenant, Of("{}"), default));
        await ListenAsync(engine, Name);
        Assert.True(await engine.Get<PlatformEvents>().IsHeardAsync(EngineHarness.Tenant, Of("{}"), default));
    }

    [Fact]
    public async Task Raise_InAFamilyThatIsFull_IsRefused()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name);
        var root = Assert.Single((await RaiseAsync(engine)).Started);
        var child = Assert.Single((await RaiseAsync(engine, by: root)).Started);
        await engine.Writer.WriteAsync(w =>
        {
            var (like, ids) = (w.Db.Runs.Single(r => r.Id == child), engine.Get<IdFactory>());
            w.Db.Runs.AddRange(Enumerable.Range(0, RunFamilies.MostOpen - 2).Select(_ => new RunRow
            {
                Id = ids.New(), WorkspaceId = like.WorkspaceId, Environment = like.Environment, WorkflowId = like.WorkflowId,
                Cause = "event", RootId = root, Depth = 1, Status = RunStatus.Waiting,
            }));
            return 0;
        });

        Assert.Single((await RaiseAsync(engine, by: child)).Started); // the last for which there is room
        Assert.Equal((0, 1), await RefusedAsync());
        await engine.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.RootId == root && r.Id != child)
            .ExecuteUpdate(s => s.SetProperty(r => r.FinishedAt, engine.Clock.GetUtcNow())));
        engine.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Single((await RaiseAsync(engine, by: child)).Started);

        async Task<(int, int)> RefusedAsync()
        {
            var came = await RaiseAsync(engine, by: child);
            return (came.Started.Count, came.Refused);
        }
    }

    [Fact]
    public async Task Raise_ConcurrencyRuleOfTheWorkflow_Holds()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name, settings: new WorkflowSettings { Concurrency = new ConcurrencyRule(1, BeyondConcurrency.Queue) });

        await RaiseAsync(engine);
        await RaiseAsync(engine);

        Assert.Equal([RunGate.Counted, RunGate.Held], (await RunsAsync(engine)).OrderBy(r => r.Id).Select(r => r.Gate));
    }

    [Fact]
    public async Task Housekeeping_LinesOfTheLogThatAreOld_AreRemoved()
    {
        await using var engine = await CreateAsync(new FakeNode("x", ["out"]));
        await ListenAsync(engine, Name);
        await RaiseAsync(engine);
        var housekeeping = engine.Get<Housekeeping>();

        engine.Clock.Advance(TriggerLog.Age - TimeSpan.FromMinutes(5));
        await RaiseAsync(engine);
        await housekeeping.RunOnceAsync(default);
        Assert.Equal(2, (await LogAsync(engine)).Count);

        engine.Clock.Advance(TimeSpan.FromMinutes(10));
        await housekeeping.RunOnceAsync(default);
        Assert.Single(await LogAsync(engine));
    }

    private Task<EngineHarness> StartAsync() => StartAsync(new FakeNode("x", ["out"]));

    private static PlatformEvent Of(string data) => new(Name, () => JsonElement.Parse(data));

    private static Task<EventReception> RaiseAsync(EngineHarness engine, string data = "{}", string? id = null, Guid? by = null) =>
        engine.Writer.WriteAsync(
            w => engine.Get<PlatformEvents>().Raise(w, EngineHarness.Tenant, Of(data) with { Id = id, RaisedBy = by }));

    private static async Task<Guid> ListenAsync(
        EngineHarness engine, string name, string? constraints = null, WorkflowSettings? settings = null)
    {
        var trigger = new WorkflowTrigger
        { Type = "event", Event = name, Constraints = constraints is null ? default : JsonElement.Parse(constraints) };
        var serial = await engine.PublishAsync(
            Flows.Of("trigger > a:x") with { Trigger = trigger, Settings = settings ?? new WorkflowSettings() });
        return await engine.Writer.WriteAsync(w =>
        {
            var row = w.Db.Workflows.Find(w.Db.Versions.Find(serial)!.WorkflowId)!;
            (row.TriggerType, row.ActiveSerial) = ("event", serial);
            return row.Id;
        });
    }

    private static Task<Guid> WaitingAsync(EngineHarness engine, string signal) => engine.Writer.WriteAsync(w =>
    {
        var id = engine.Get<IdFactory>().New();
        w.Db.Add(new RunRow
        {
            Id = id, WorkspaceId = EngineHarness.Tenant.WorkspaceId, Cause = "manual", Status = RunStatus.Waiting,
            WakeAt = DateTimeOffset.MaxValue, Shard = RunBell.ShardOf(id),
        });
        w.Db.Add(new RunWaitRow { RunId = id, NodeId = "a", WorkspaceId = EngineHarness.Tenant.WorkspaceId, Signal = signal });
        return id;
    });

    private static Task<StudioDbContext> DbAsync(EngineHarness engine) =>
        engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();

    private static async Task<List<RunRow>> RunsAsync(EngineHarness engine)
    {
        await using var db = await DbAsync(engine);
        return await db.Runs.ToListAsync();
    }

    private static async Task<List<TriggerLogRow>> LogAsync(EngineHarness engine)
    {
        await using var db = await DbAsync(engine);
        return await db.TriggerLog.ToListAsync();
    }

    private static async Task<(int Runs, int Signals, int Lines)> CountsAsync(EngineHarness engine)
    {
        await using var db = await DbAsync(engine);
        return (await db.Runs.CountAsync(), await db.Signals.CountAsync(),
            await db.TriggerLog.CountAsync() + await db.ReceivedEvents.CountAsync());
    }
}
