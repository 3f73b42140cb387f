using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

public abstract class RunSetAsideTests(TestStore store) : EngineSuite(store)
{
    private static readonly NodeOutcome Nothing = new NodeOutcome.Completed(System.Text.Json.JsonElement.Parse("{}"));

    [Fact]
    public async Task Run_WhoseStepTypeIsGone_IsPausedWithTheReasonAndDelaysNobody()
    {
        await using var first = await CreateAsync(ScriptedNode.Echo(), ScriptedNode.Echo("gone"));
        var lost = await first.RunAsync(Flows.Of("trigger > a:gone"));
        var other = await first.RunAsync(Flows.Of("trigger > a:echo"));
        await using var second = first.Restart(ScriptedNode.Echo());
        await second.UntilAsync(other, RunStatus.Done);
        var header = await HeaderAsync(second, lost, RunStatus.Paused);

        Assert.Equal((RunSetAside.Unreadable, 2L), (header.ErrorCode, header.LastSeq));
        Assert.Equal("The run cannot be read: Planning step “a”: there is no step type “gone”.", header.ErrorMessage);
        Assert.True(header.WakeAt > second.Clock.GetUtcNow().AddDays(3000));
        await Assert.ThrowsAsync<UnreadableRunException>(() => second.Views.ReadAsync(EngineHarness.Tenant, lost, default));
    }

    [Fact]
    public async Task UnreadableRun_TriedAgain_SaysSoAndIsPausedAnew()
    {
        await using var first = await CreateAsync(ScriptedNode.Echo("gone"));
        var lost = await first.RunAsync(Flows.Of("trigger > a:gone"));
        await using var second = first.Restart();
        await HeaderAsync(second, lost, RunStatus.Paused);
        await second.Runs.RequestAsync(EngineHarness.Tenant, lost, RunRequestKind.Resume, null, "Dana");
        for (var i = 0; i < 3_000 && (await HeaderAsync(second, lost, RunStatus.Paused)).LastSeq < 4; i++) await Task.Delay(10);
        var run = await first.UntilAsync(lost, RunStatus.Paused); // the first still knows the type, to read the run with

        Assert.Equal(new RunEvent.RunResumed("Dana"), run.Entries[^2].Event);
        Assert.Equal(RunSetAside.Unreadable, Assert.IsType<RunEvent.RunPaused>(run.Entries[^1].Event).Code);
        Assert.Equal(0, await second.Writer.WriteAsync(w => w.Db.RunInbox.Count()));
    }

    [Fact]
    public async Task RunOfANewerVersion_IsSetAsideUntilThisServerKnowsIt()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var like = (await engine.Journal.LoadAsync(await engine.RunAsync(Flows.Of("trigger > a:echo")), default))!.Run;
        var start = NewRun.Start(like with { RunId = engine.Get<IdFactory>().New() },
            new RunEvent.RunStarted(System.Text.Json.JsonElement.Parse("{}")), "manual", engine.Clock.GetUtcNow());
        var newer = start.First with { Event = (RunEvent.RunStarted)start.First.Event with { Flags = (RunFlags)(1 << 30) } };
        await engine.Journal.StartAsync(start with { First = newer }, default);
        await using var second = engine.Restart(ScriptedNode.Echo());
        var header = await HeaderAsync(second, start.Run.RunId, RunStatus.Paused);
        Assert.Equal(RunSetAside.Unreadable, header.ErrorCode);
        Assert.StartsWith(
            "The run cannot be read: The run was started by a newer version of the studio", header.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunRequestKind.Signal, false)]
    [InlineData(RunRequestKind.WakeNow, false)]
    [InlineData(RunRequestKind.Pause, false)]
    [InlineData(RunRequestKind.Cancel, true)]
    [InlineData(RunRequestKind.Resume, true)]
    public async Task UnreadableRun_IsDueForARequest_WhenThatIsTaken(RunRequestKind kind, bool isDue)
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var run = await PausedAsync(engine, RunSetAside.Unreadable);
        await engine.Journal.RequestAsync(
            EngineHarness.Tenant, run.RunId, new RunRequest(0, kind, null, "news", default, "Dana"), null, default);

        Assert.Equal(isDue ? [run.RunId] : [], await engine.Journal.DueAsync([run.Shard], engine.Clock.GetUtcNow(), 10, default));
    }

    [Theory]
    [InlineData(RunSetAside.Unreadable, false)]
    [InlineData(RunSetAside.CrashedTheServer, true)] // these can be read: signals are heard
    [InlineData(null, true)]
    public async Task Signal_ForAPausedRun_IsLeftToThePoll_WhichKnowsWhatCanBeRead(string? code, bool isDue)
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var run = await PausedAsync(engine, code);
        var bell = engine.Get<RunBell>();
        bell.Own(run.Shard, true);
        while (bell.Reader(run.Shard).TryRead(out _))
        {
            // that it was started
        }

        await engine.Writer.WriteAsync(w =>
        {
            w.Signal(EngineHarness.Tenant, "news", default);
            return 0;
        });
        await engine.Runs.SignalAsync(EngineHarness.Tenant, run.RunId, "news", default, "Dana");

        Assert.Equal(2, engine.InboxCount(run.RunId));
        Assert.False(bell.Reader(run.Shard).TryRead(out _));
        Assert.Equal(isDue ? [run.RunId] : [], await engine.Journal.DueAsync([run.Shard], engine.Clock.GetUtcNow(), 10, default));
        await engine.Runs.RequestAsync(EngineHarness.Tenant, run.RunId, RunRequestKind.Resume, null, "Dana");
        Assert.True(bell.Reader(run.Shard).TryRead(out _));
    }

    [Theory]
    [InlineData("""UPDATE run_events SET "Kind"=77 WHERE "Seq"=1""")]
    [InlineData("""UPDATE run_events SET "Payload"={0} WHERE "Seq"=1""")]
    [InlineData("""DELETE FROM run_events WHERE "Seq"=1""")]
    public async Task Run_WhoseJournalCannotBeRead_IsPausedAndCanBeCanceled(string damage)
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var lost = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        await engine.Writer.WriteAsync(w => w.Db.Database.ExecuteSqlRaw(damage, "{"u8.ToArray()));
        await using var second = engine.Restart(ScriptedNode.Echo());
        Assert.Equal(RunSetAside.Unreadable, (await HeaderAsync(engine, lost, RunStatus.Paused)).ErrorCode);
        await second.Runs.RequestAsync(EngineHarness.Tenant, lost, RunRequestKind.Cancel, null, "Dana");

        Assert.Null((await HeaderAsync(engine, lost, RunStatus.Canceled)).WakeAt);
    }

    [Theory]
    [InlineData(null)] // only the step type is gone: the rule can still be read
    [InlineData("""UPDATE workflow_versions SET "Definition"='{{'""")]
    public async Task Cancel_OfARunThatCannotBeRead_LetsTheNextHaveItsTurn(string? damage)
    {
        await using var first = await CreateAsync(ScriptedNode.Echo("gone"));
        var rule = new ConcurrencyRule(1, BeyondConcurrency.Queue);
        var version = await first.PublishAsync(
            Flows.Of("trigger > a:gone") with { Settings = new WorkflowSettings { Concurrency = rule } });
        var (lost, next) = (await first.StartRunAsync(version), await first.StartRunAsync(version));
        if (damage is not null) await first.Writer.WriteAsync(w => w.Db.Database.ExecuteSqlRaw(damage, "{"u8.ToArray()));
        await using var second = first.Restart();
        await HeaderAsync(second, lost, RunStatus.Paused);
        await second.Runs.RequestAsync(EngineHarness.Tenant, lost, RunRequestKind.Cancel, null, "Dana");

        // it had its turn, and cannot be read either
        Assert.Equal(RunGate.Counted, (await HeaderAsync(second, next, RunStatus.Paused)).Gate);
        Assert.Equal(RunStatus.Canceled, (await HeaderAsync(second, lost, RunStatus.Canceled)).Status);
    }

    [Fact]
    public async Task RunThatIsResumed_IsSoDurably_BeforeAnythingIsCalled()
    {
        EngineHarness? engine = null;
        var wasDurable = new TaskCompletionSource<bool>();
        var computing = new ScriptedNode("computing", async (input, _) =>
        {
            wasDurable.TrySetResult(
                (await engine!.Journal.LoadAsync(input.Run.RunId, default))!.Entries.Any(e => e.Event is RunEvent.RunResumed));
            return Nothing;
        });
        await using var created = engine = await CreateAsync(computing);
        var run = (await engine.Journal.LoadAsync(await engine.RunAsync(Flows.Of("trigger > a:computing")), default))!.Run;
        var (now, epoch) = (engine.Clock.GetUtcNow(), await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default));
        var paused = new RunEvent.RunPaused(RunEvent.Engine, RunSetAside.CrashedTheServer, "") { Until = now };
        await engine.Journal.AppendAsync(new RunAppend(run, epoch, [new JournalEntry(2, now, paused)],
            new RunHeader(RunStatus.Paused, null, 0, now, RunSetAside.CrashedTheServer, "", null), [], [], [])
        { IsSetAside = true }, default);
        await using var second = engine.Restart(computing); // which knows nothing of how the run began

        Assert.True(await wasDurable.Task.WaitAsync(EngineHarness.Patience)); // a step that ends the server here would else do so for ever
        await engine.UntilAsync(run.RunId, RunStatus.Done);
    }

    // a run that was paused while one of its steps waited for the signal "news"
    private static async Task<RunIdentity> PausedAsync(EngineHarness engine, string? code)
    {
        var run = (await engine.Journal.LoadAsync(await engine.RunAsync(Flows.Of("trigger > a:echo")), default))!.Run;
        var (now, epoch) = (engine.Clock.GetUtcNow(), await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default));
        var header = new RunHeader(RunStatus.Paused, "a", 0, now.AddDays(3650), code, null, null);
        await engine.Journal.AppendAsync(
            new RunAppend(run, epoch, [new JournalEntry(2, now, new RunEvent.RunPaused("engine", code, null))], header,
                [new RunWait("a", null, "news", now)], [], [])
            { IsSetAside = true }, default);
        return run;
    }

    internal static async Task<Engine.Storage.Rows.RunRow> HeaderAsync(EngineHarness engine, Guid id, RunStatus status)
    {
        var until = Environment.TickCount64 + EngineHarness.Patience.TotalMilliseconds;
        while (true)
        {
            var row = await engine.Writer.WriteAsync(w => w.Db.Runs.AsNoTracking().Single(r => r.Id == id));
            if (row.Status == status) return row;
            if (Environment.TickCount64 > until) throw new TimeoutException($"The run is {row.Status}, not {status}.");
            await Task.Delay(10);
        }
    }
}
