using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Events;

/// <summary>Workflows that the ends of runs start.</summary>
public abstract class RunEndEventsTests(TestStore store) : EngineSuite(store)
{
    private static readonly RunEvent Completed = new RunEvent.RunCompleted();
    private static readonly RunEvent Failed = new RunEvent.RunFailed("no_luck", "It did not work.");
    private static readonly RunEvent Canceled = new RunEvent.RunCanceled("Ada");

    [Fact]
    public async Task End_ThatAWorkflowListensFor_StartsIt()
    {
        await using var engine = await StartAsync(ScriptedNode.Echo(), ScriptedNode.Failing());
        var done = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var failed = await ListenAsync(engine, KnownEvents.WorkflowFailed);

        var first = await engine.RunAsync(Flows.Of("trigger > a:echo"), """{"first_name":"Maria"}""");
        var second = await engine.RunAsync(Flows.Of("trigger > a:failing"));

        var byEnd = await StartedOfAsync(engine, done, first);
        var byFailure = await StartedOfAsync(engine, failed, second);
        await engine.UntilAsync(byEnd.Id, RunStatus.Done);
        Assert.Equal(("event", 1, first, (Guid?)null), (byEnd.Cause, byEnd.Depth, byEnd.RootId!.Value, byEnd.ParentId));
        var (told, error) = (await PayloadAsync(engine, byEnd.Id), await PayloadAsync(engine, byFailure.Id));
        Assert.Equal(("completed", "Test flow", JsonValueKind.Null, "manual", "Maria", JsonValueKind.Null),
            (told.GetProperty("status").GetString(), told.GetProperty("workflow_name").GetString(), told.GetProperty("error").ValueKind,
                told.GetProperty("cause").GetString(), told.GetProperty("subject").GetString(), told.GetProperty("contact_id").ValueKind));
        var of = await RowAsync(engine, first);
        Assert.Equal((first, of.WorkflowId, of.CreatedAt, of.FinishedAt),
            (told.GetProperty("run_id").GetGuid(), told.GetProperty("workflow_id").GetGuid(),
                told.GetProperty("started_at").GetDateTimeOffset(), told.GetProperty("finished_at").GetDateTimeOffset()));
        Assert.Equal(("failed", "no_luck"),
            (error.GetProperty("status").GetString(), error.GetProperty("error").GetProperty("code").GetString()));
        var line = Assert.Single(await LogAsync(engine), l => l.RunId == byEnd.Id);
        Assert.Equal((done, "event", KnownEvents.WorkflowCompleted, TriggerOutcome.Started),
            (line.WorkflowId, line.Cause, line.Event, line.Outcome));
    }

    [Fact]
    public async Task End_OfARunThatTheWorkflowItselfStarted_StartsItNotAgain()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var first = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        await EndAsync(engine, first, Completed);
        var own = await StartedOfAsync(engine, listener, first);

        await EndAsync(engine, own.Id, Completed);

        Assert.Equal(2, (await RunsAsync(engine)).Count);
        var refused = Assert.Single(await LogAsync(engine), l => l.Outcome == TriggerOutcome.Refused);
        Assert.Equal((listener, "own_run", KnownEvents.WorkflowCompleted), (refused.WorkflowId, refused.Reason, refused.Event));
    }

    [Fact]
    public async Task Ends_ThatStartEachOther_StopAtTheFifth()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var last = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        var of = (await RowAsync(engine, last)).WorkflowId;
        for (var i = 0; i <= PlatformEvents.MaxChain; i++) of = await ListenAsync(engine, KnownEvents.WorkflowCompleted, of: of);
        var chain = new List<Guid>();
        for (var depth = 1; depth <= PlatformEvents.MaxChain; depth++)
        {
            chain.Add((await RowAsync(engine, last)).WorkflowId);
            await EndAsync(engine, last, Completed);
            last = Assert.Single(await RunsAsync(engine), r => r.Depth == depth).Id;
            Assert.Equal(chain, (await PayloadAsync(engine, last)).GetProperty("chain").EnumerateArray().Select(w => w.GetGuid()));
        }

        var before = (await RunsAsync(engine)).Count;
        await EndAsync(engine, last, Completed);

        Assert.Equal(before, (await RunsAsync(engine)).Count);
        var refused = (await LogAsync(engine)).Where(l => l.Reason == "too_deep").ToList();
        Assert.Equal(PlatformEvents.MaxChain + 1, refused.Count);
        Assert.All(refused, l => Assert.Equal("""{"ends_in_a_row":6}""", l.Detail));
    }

    [Fact]
    public async Task Ends_ThatManyListenFor_StartNoMoreThanAChainMayHoldSideBySide()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        for (var i = 0; i < 8; i++) await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        await EndAsync(engine, await engine.RunAsync(Flows.Of("trigger > a:echo")), Completed);

        for (var depth = 1; depth <= 3; depth++)
            foreach (var run in (await RunsAsync(engine)).Where(r => r.Depth == depth).ToList()) await EndAsync(engine, run.Id, Completed);

        Assert.Equal([(0, 1), (1, 8), (2, 56)], (await RunsAsync(engine)).CountBy(r => r.Depth).Select(d => (d.Key, d.Value)).Order());
        var refused = (await LogAsync(engine)).Where(l => l.Reason == "too_wide").ToList();
        Assert.Equal(56 * 6, refused.Count);
        Assert.All(refused, l => Assert.Equal("""{"side_by_side":336}""", l.Detail));
    }

    [Fact]
    public async Task End_ThatMoreThanThatListenFor_StartsAllOfThem()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        for (var i = 0; i <= PlatformEvents.MaxAbreast; i++) await ListenAsync(engine, KnownEvents.WorkflowCompleted);

        await EndAsync(engine, await engine.RunAsync(Flows.Of("trigger > a:echo")), Completed);

        Assert.Equal(PlatformEvents.MaxAbreast + 2, (await RunsAsync(engine)).Count);
    }

    [Fact]
    public async Task End_OfARunWhoseDataNameAChain_BeginsOneOfItsOwn()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var own = await ListenAsync(engine, KnownEvents.WorkflowFailed);
        await using var db = await DbAsync(engine);
        var serial = await db.Workflows.Where(w => w.Id == own).Select(w => w.ActiveSerial!.Value).SingleAsync();
        // what a step that starts a workflow hands over is not believed
        var run = (await engine.Runs.StartAsync(new StartRunRequest
        {
            Tenant = EngineHarness.Tenant, VersionSerial = serial, Cause = "workflow", Depth = 1,
            Payload = JsonElement.Parse($$"""{"chain":["{{listener}}",7,null]}"""),
        })).RunId;

        await EndAsync(engine, run, Completed);

        var started = await StartedOfAsync(engine, listener, run);
        Assert.Equal([own], (await PayloadAsync(engine, started.Id)).GetProperty("chain").EnumerateArray().Select(w => w.GetGuid()));
    }

    [Fact]
    public async Task End_OfARunInAFamilyThatIsDeep_BeginsAChain()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(engine, KnownEvents.WorkflowFailed);
        var serial = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var deep = (await engine.Runs.StartAsync(new StartRunRequest
        { Tenant = EngineHarness.Tenant, VersionSerial = serial, Payload = JsonElement.Parse("{}"), Cause = "manual", Depth = 19 })).RunId;

        await EndAsync(engine, deep, Failed);

        Assert.Equal(20, (await StartedOfAsync(engine, listener, deep)).Depth);
    }

    [Fact]
    public async Task End_ThatIsCanceledOrOfATest_StartsNothing()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        await ListenAsync(engine, KnownEvents.WorkflowFailed);
        var serial = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var test = (await engine.Runs.StartAsync(new StartRunRequest
        {
            Tenant = EngineHarness.Tenant, VersionSerial = serial, Payload = JsonElement.Parse("{}"), Cause = "manual", IsTest = true,
        })).RunId;
        var canceled = await engine.StartRunAsync(serial);

        await EndAsync(engine, test, Completed);
        await EndAsync(engine, canceled, Canceled);

        Assert.Equal(2, (await RunsAsync(engine)).Count);
        Assert.Empty(await LogAsync(engine));
    }

    [Fact]
    public async Task End_ThatDoesNotBecomeDurable_StartsNothingAndIsNotLost()
    {
        var isOut = true;
        await using var engine = await EngineHarness.CreateAsync(Store, [ScriptedNode.Echo()], services =>
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IAnnouncer>(
                services, new Cut(() => isOut)));
        var listener = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => EndAsync(engine, id, Completed));
        Assert.Equal(RunStatus.Queued, Assert.Single(await RunsAsync(engine)).Status);
        Assert.Empty(await LogAsync(engine));

        // who takes it up again
        isOut = false;
        await using var after = engine.Restart(ScriptedNode.Echo());
        var started = await StartedOfAsync(after, listener, id);
        await after.UntilAsync(started.Id, RunStatus.Done);
        Assert.Equal(2, (await RunsAsync(after)).Count);
    }

    [Fact]
    public async Task End_ByWhoeverLostTheShard_StartsNothing()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));

        await Assert.ThrowsAsync<ShardLostException>(() => EndAsync(engine, id, Completed, late: true));

        Assert.Single(await RunsAsync(engine));
    }

    [Fact]
    public async Task Listener_ThatComesOrGoesLater_IsKnown()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var serial = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        await EndAsync(engine, await engine.StartRunAsync(serial), Completed); // nobody listens, and that is kept

        var listener = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var heard = await engine.StartRunAsync(serial);
        await EndAsync(engine, heard, Completed);
        await StartedOfAsync(engine, listener, heard);

        await ChangeAsync(engine, listener, row => row.Status = WorkflowStatus.Paused);
        await EndAsync(engine, await engine.StartRunAsync(serial), Completed);
        Assert.Single(await RunsAsync(engine), r => r.WorkflowId == listener);
    }

    [Fact]
    public async Task Listener_WhoseTriggerBecomesAnother_IsForgottenAtTheNextEnd()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        var serial = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        await EndAsync(engine, await engine.StartRunAsync(serial), Completed);
        await ChangeAsync(engine, listener, row => row.TriggerType = "manual");
        var ends = engine.Get<EndListeners>();
        Assert.True(ends.MayHear(EngineHarness.Tenant));

        for (var i = 0; i < 2; i++) await EndAsync(engine, await engine.StartRunAsync(serial), Completed);

        Assert.False(ends.MayHear(EngineHarness.Tenant));
        Assert.Single(await RunsAsync(engine), r => r.WorkflowId == listener);
    }

    [Fact]
    public async Task Sequence_ThatIsCompleted_IsToldOfSequencesAlone()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(engine, KnownEvents.SequenceCompleted);
        var serial = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var plain = await engine.StartRunAsync(serial);
        await EndAsync(engine, plain, Completed);
        await ChangeAsync(engine, (await RowAsync(engine, plain)).WorkflowId, row => row.Origin = "sequences");

        var (sequence, failed) = (await engine.StartRunAsync(serial), await engine.StartRunAsync(serial));
        await EndAsync(engine, sequence, Completed);
        await EndAsync(engine, failed, Failed);

        await StartedOfAsync(engine, listener, sequence);
        Assert.Single(await LogAsync(engine));
    }

    [Theory]
    [InlineData(WorkflowVisibility.Tenant, false, 0)]
    [InlineData(WorkflowVisibility.Private, false, 0)]
    [InlineData(WorkflowVisibility.Shared, true, 0)]
    [InlineData(WorkflowVisibility.Private, true, 1)]
    public async Task End_OfAPrivateWorkflow_IsHeardByPrivateOnesOfItsOwner(WorkflowVisibility visibility, bool isOwn, int heard)
    {
        var (ada, bo) = (NewIds.Next(), NewIds.Next());
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(engine, KnownEvents.WorkflowCompleted);
        await ChangeAsync(engine, listener, row => (row.Visibility, row.OwnerId) = (visibility, isOwn ? ada : bo));
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        await ChangeAsync(engine, (await RowAsync(engine, id)).WorkflowId,
            row => (row.Visibility, row.OwnerId) = (WorkflowVisibility.Private, ada));

        await EndAsync(engine, id, Completed);

        Assert.Equal((heard, heard),
            ((await RunsAsync(engine)).Count(r => r.WorkflowId == listener), (await LogAsync(engine)).Count));
    }

    [Fact]
    public async Task End_WhereTheListenerHasAConcurrencyRule_KeepsIt()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var listener = await ListenAsync(
            engine, KnownEvents.WorkflowCompleted, new WorkflowSettings { Concurrency = new ConcurrencyRule(1, BeyondConcurrency.Queue) });
        var serial = await engine.PublishAsync(Flows.Of("trigger > a:echo"));

        for (var i = 0; i < 8; i++) await EndAsync(engine, await engine.StartRunAsync(serial), Completed);

        var gates = (await RunsAsync(engine)).Where(r => r.WorkflowId == listener).Select(r => r.Gate).ToList();
        Assert.Equal((1, 7), (gates.Count(g => g == RunGate.Counted), gates.Count(g => g == RunGate.Held)));
    }

    [Fact]
    public async Task End_WhereNobodyListens_TakesNoMemoryAndNoQuery()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        await EndAsync(engine, id, Completed); // who listens is read once
        var announcer = engine.Get<IAnnouncer>();
        var append = new RunAppend(
            (await engine.Journal.LoadAsync(id, default))!.Run, 1, [new JournalEntry(2, DateTimeOffset.UnixEpoch, Completed)],
            new RunHeader(RunStatus.Done, null, 1, null, null, null, DateTimeOffset.UnixEpoch), [], [], []);

        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) announcer.Appended(null!, append); // without a session no query can be made
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.IsType<RunEndEvents>(announcer);
        Assert.Equal((0, false), (least, announcer.MayStartRuns(append)));
    }

    private static async Task EndAsync(EngineHarness engine, Guid id, RunEvent end, bool late = false)
    {
        var record = (await engine.Journal.LoadAsync(id, default))!;
        var now = engine.Clock.JournalNow();
        var epoch = await engine.Journal.ClaimAsync(record.Run.Shard, now, default);
        var header = new RunHeader(
            end switch { RunEvent.RunCompleted => RunStatus.Done, RunEvent.RunFailed => RunStatus.Failed, _ => RunStatus.Canceled },
            null, 1, null, (end as RunEvent.RunFailed)?.Code, (end as RunEvent.RunFailed)?.Message, now);
        await engine.Journal.AppendAsync(
            new RunAppend(
                record.Run, late ? epoch - 1 : epoch, [new JournalEntry(record.Entries[^1].Seq + 1, now, end)], header, [], [], []),
            default);
    }

    private static async Task<Guid> ListenAsync(
        EngineHarness engine, string name, WorkflowSettings? settings = null, Guid? of = null)
    {
        var rule = of is null ? default : JsonElement.Parse($$"""{"==":[{"var":"data.workflow_id"},"{{of}}"]}""");
        var trigger = new WorkflowTrigger { Type = "event", Event = name, Constraints = rule };
        var serial = await engine.PublishAsync(
            Flows.Of("trigger > a:echo") with { Trigger = trigger, Settings = settings ?? new WorkflowSettings() });
        await using var db = await DbAsync(engine);
        var id = await db.Versions.Where(v => v.Serial == serial).Select(v => v.WorkflowId).SingleAsync();
        await ChangeAsync(engine, id, row => (row.TriggerType, row.TriggerEvent) = ("event", name));
        return id;
    }

    private static Task ChangeAsync(EngineHarness engine, Guid workflow, Action<WorkflowRow> change) => engine.Writer.WriteAsync(w =>
    {
        var row = w.Db.Workflows.Find(workflow)!;
        change(row);
        w.Announce(row, WorkflowChange.Updated);
        return true;
    });

    private static async Task<RunRow> StartedOfAsync(EngineHarness engine, Guid workflow, Guid by)
    {
        RunRow? found = null;
        await engine.EventuallyAsync(async () =>
            (found = (await RunsAsync(engine)).SingleOrDefault(r => r.WorkflowId == workflow && r.RootId == by)) is not null);
        return found!;
    }

    private static async Task<JsonElement> PayloadAsync(EngineHarness engine, Guid run) =>
        ((RunEvent.RunStarted)(await engine.Journal.LoadAsync(run, default))!.Entries[0].Event).Payload;

    private static Task<StudioDbContext> DbAsync(EngineHarness engine) =>
        engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();

    private static async Task<RunRow> RowAsync(EngineHarness engine, Guid id) => (await RunsAsync(engine)).Single(r => r.Id == id);

    private static async Task<List<RunRow>> RunsAsync(EngineHarness engine)
    {
        await using var db = await DbAsync(engine);
        return await db.Runs.AsNoTracking().OrderBy(r => r.Id).ToListAsync();
    }

    private static async Task<List<TriggerLogRow>> LogAsync(EngineHarness engine)
    {
        await using var db = await DbAsync(engine);
        return await db.TriggerLog.AsNoTracking().ToListAsync();
    }
}
