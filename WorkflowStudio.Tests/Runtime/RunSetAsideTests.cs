using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Runtime.Shards;
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
        await engine.Journal.RequestAsync(EngineHarness.Tenant, run.RunId, new RunRequest(0, kind, null, "news", default, "Dana"), null, default);

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
        var version = await first.PublishAsync(Flows.Of("trigger > a:gone") with { Settings = new WorkflowSettings { Concurrency = rule } });
        var (lost, next) = (await first.StartRunAsync(version), await first.StartRunAsync(version));
        if (damage is not null) await first.Writer.WriteAsync(w => w.Db.Database.ExecuteSqlRaw(damage, "{"u8.ToArray()));
        await using var second = first.Restart();
        await HeaderAsync(second, lost, RunStatus.Paused);
        await second.Runs.RequestAsync(EngineHarness.Tenant, lost, RunRequestKind.Cancel, null, "Dana");

        Assert.Equal(RunGate.Counted, (await HeaderAsync(second, next, RunStatus.Paused)).Gate); // it had its turn, and cannot be read either
        Assert.Equal(RunStatus.Canceled, (await HeaderAsync(second, lost, RunStatus.Canceled)).Status);
    }

    [Fact]
    public async Task Claim_AfterADeath_CountsRunsThatMayHaveBeenInExecution()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        var shard = RunBell.ShardOf(id);
        var epoch = await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
        Assert.Equal(0, (await engine.Journal.LoadAsync(id, default))!.Crashes);
        epoch = await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
        Assert.Equal(1, (await engine.Journal.LoadAsync(id, default))!.Crashes);
        await engine.Journal.HandBackAsync(shard, epoch, default);
        await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);

        Assert.Equal(1, (await engine.Journal.LoadAsync(id, default))!.Crashes);
    }

    [Fact]
    public async Task HandBack_BySomebodyWhoLostTheShard_ChangesNothing()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var id = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        var shard = RunBell.ShardOf(id);
        var old = await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
        await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
        await engine.Journal.HandBackAsync(shard, old, default);
        await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);

        Assert.Equal(2, (await engine.Journal.LoadAsync(id, default))!.Crashes);
    }

    [Fact]
    public async Task Term_ThatEndsInOrder_CountsNoCrash()
    {
        var held = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (_, ct) =>
        {
            held.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return Nothing;
        }, effect: true);
        await using var first = await StartAsync(slow);
        var id = await first.RunAsync(Flows.Of("trigger > a:slow"));
        await held.Task;
        await first.StopAsync();
        await using var second = first.Restart(ScriptedNode.Echo("slow"));

        Assert.Equal(0, (await second.UntilAsync(id, RunStatus.Done)).Header.Crashes);
        Assert.Equal(1, slow.Calls);
    }

    [Fact]
    public async Task Suspects_TakeTurns_AndAreClearedWhenTheyGetOn()
    {
        int at = 0, most = 0;
        var watched = new ScriptedNode("watched", async (_, _) =>
        {
            var now = Interlocked.Increment(ref at);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref at);
            return Nothing;
        }, effect: true);
        await using var engine = await CreateAsync(watched);
        var version = await engine.PublishAsync(Flows.Of("trigger > a:watched"));
        var ids = new List<Guid>();
        for (var i = 0; i < 30; i++) ids.Add(await engine.StartRunAsync(version));
        await DieAsync(engine, 2);
        await using var second = engine.Restart(watched);
        foreach (var id in ids) Assert.Equal(0, (await engine.UntilAsync(id, RunStatus.Done)).Header.Crashes);

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Suspect_OfWhoseStepSomethingCame_LeavesItsTurnToTheNext_AndGoesOn()
    {
        const int many = 8; // turns of ten seconds each would take longer than a test waits
        var held = new TaskCompletionSource();
        var first = ScriptedNode.Echo("first", effect: true);
        var second = new ScriptedNode("second", async (_, _) =>
        {
            await held.Task;
            return Nothing;
        }, effect: true);
        await using var engine = await CreateAsync(first, second);
        var version = await engine.PublishAsync(Flows.Of("trigger > a:first > b:second"));
        for (var i = 0; i < many; i++) await engine.StartRunAsync(version);
        await DieAsync(engine, 2);
        await using var next = engine.Restart(first, second);
        await next.EventuallyAsync(() => second.Calls == many); // none of them is over

        held.SetResult();
        Assert.Equal(many, first.Calls);
    }

    [Fact]
    public async Task Suspect_InWhoseTurnTheServerDiedByChance_IsTriedAgainLater_AndEnds()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo("slow", effect: true));
        var version = await engine.PublishAsync(Flows.Of("trigger > a:slow"));
        var (unlucky, other) = (await engine.StartRunAsync(version), await engine.StartRunAsync(version));
        await DieAsync(engine, 2);
        await DieInTurnAsync(engine, unlucky, 0);
        await using var second = engine.Restart(ScriptedNode.Echo("slow", effect: true));
        await engine.UntilAsync(other, RunStatus.Done);
        await engine.EventuallyAsync(async () => (await HeaderAsync(engine, unlucky, RunStatus.Queued)).Trials == 1);
        await DieAsync(engine, 3); // deaths while it waits for its next turn say nothing of it, and do not bring it forward
        var waiting = await HeaderAsync(engine, unlucky, RunStatus.Queued);
        Assert.Equal((2, 1), (waiting.Crashes, waiting.Trials));
        Assert.True(waiting.WakeAt > engine.Clock.GetUtcNow());

        await using var third = engine.Restart(ScriptedNode.Echo("slow", effect: true));
        engine.Clock.Advance(TimeSpan.FromSeconds(15));
        var done = await engine.UntilAsync(unlucky, RunStatus.Done);
        Assert.Equal((0, 0), (done.Header.Crashes, done.Header.Trials));
    }

    [Fact]
    public async Task Suspect_InWhoseTurnsTheServerDiedThreeTimes_IsPaused_AndTriedOnceMoreByItself()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo("poison", effect: true));
        var version = await engine.PublishAsync(Flows.Of("trigger > a:poison").With("a", n => n with { Name = "Read the scan" }));
        var (guilty, innocent) = (await engine.StartRunAsync(version), await engine.StartRunAsync(version));
        await DieAsync(engine, 2);
        await DieInTurnAsync(engine, guilty, 2);
        await using var second = engine.Restart(ScriptedNode.Echo("poison", effect: true));
        await engine.UntilAsync(innocent, RunStatus.Done);
        var paused = await engine.UntilAsync(guilty, RunStatus.Paused);
        var last = Assert.IsType<RunEvent.RunPaused>(paused.Entries[^1].Event);

        Assert.Equal(RunSetAside.CrashedTheServer, paused.Header.ErrorCode);
        Assert.StartsWith("The run was being watched when the server died, 3 times in a row, at its first step. It is tried once more by itself", paused.Header.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal((0, 0, paused.Header.ErrorMessage), (paused.Header.Crashes, paused.Header.Trials, last.Message));
        Assert.Equal(last.Until, paused.Header.WakeAt);

        engine.Clock.Advance(SuspectWatch.SecondChance);
        var done = await engine.UntilAsync(guilty, RunStatus.Done);
        Assert.Contains(done.Entries, e => e.Event is RunEvent.RunResumed { By: RunEvent.Engine });
    }

    [Fact]
    public async Task Suspect_ThatWasTriedOnceMore_AndKillsAgain_WaitsForSomebody()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo("poison", effect: true));
        var guilty = await engine.RunAsync(Flows.Of("trigger > a:poison"));
        var run = (await engine.Journal.LoadAsync(guilty, default))!.Run;
        var (now, epoch) = (engine.Clock.GetUtcNow(), await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default));
        JournalEntry[] before = [new(2, now, new RunEvent.RunPaused(RunEvent.Engine, RunSetAside.CrashedTheServer, "")), new(3, now, new RunEvent.RunResumed(RunEvent.Engine))];
        await engine.Journal.AppendAsync(new RunAppend(run, epoch, before, new RunHeader(RunStatus.Queued, null, 0, now, null, null, null), [], [], []), default);
        await DieAsync(engine, 2);
        await DieInTurnAsync(engine, guilty, 2);
        await using var second = engine.Restart(ScriptedNode.Echo("poison", effect: true));
        var paused = await engine.UntilAsync(guilty, RunStatus.Paused);

        Assert.Null(Assert.IsType<RunEvent.RunPaused>(paused.Entries[^1].Event).Until);
        Assert.EndsWith("Look into the server's log, then try again or cancel the run.", paused.Header.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SuspectThatIsPutOff_WaitsForItsTurn_WhateverButACancelIsWanted()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo("slow", effect: true));
        var id = await engine.RunAsync(Flows.Of("trigger > a:slow"));
        await DieAsync(engine, 2);
        await DieInTurnAsync(engine, id, 0);
        await using var second = engine.Restart(ScriptedNode.Echo("slow", effect: true));
        await engine.EventuallyAsync(async () => (await HeaderAsync(engine, id, RunStatus.Queued)).Trials == 1);
        var watch = new SuspectWatch(engine.Get<Engine.Runtime.Execution.ExecutionTools>());
        await engine.Runs.SignalAsync(EngineHarness.Tenant, id, "news", default, "Dana");
        Assert.True(await watch.IsPutOffAsync((await engine.Journal.LoadAsync(id, default))!, default));

        await second.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Dana");
        await engine.UntilAsync(id, RunStatus.Canceled);
    }

    [Fact]
    public async Task RunThatIsResumed_IsSoDurably_BeforeAnythingIsCalled()
    {
        EngineHarness? engine = null;
        var wasDurable = new TaskCompletionSource<bool>();
        var computing = new ScriptedNode("computing", async (input, _) =>
        {
            wasDurable.TrySetResult((await engine!.Journal.LoadAsync(input.Run.RunId, default))!.Entries.Any(e => e.Event is RunEvent.RunResumed));
            return Nothing;
        });
        await using var created = engine = await CreateAsync(computing);
        var run = (await engine.Journal.LoadAsync(await engine.RunAsync(Flows.Of("trigger > a:computing")), default))!.Run;
        var (now, epoch) = (engine.Clock.GetUtcNow(), await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default));
        var paused = new RunEvent.RunPaused(RunEvent.Engine, RunSetAside.CrashedTheServer, "") { Until = now };
        await engine.Journal.AppendAsync(new RunAppend(run, epoch, [new JournalEntry(2, now, paused)], new RunHeader(RunStatus.Paused, null, 0, now, RunSetAside.CrashedTheServer, "", null), [], [], []) { IsSetAside = true }, default);
        await using var second = engine.Restart(computing); // which knows nothing of how the run began

        Assert.True(await wasDurable.Task.WaitAsync(EngineHarness.Patience)); // a step that ends the server here would else do so for ever
        await engine.UntilAsync(run.RunId, RunStatus.Done);
    }

    [Fact]
    public void Verdict_NamesTheStep()
    {
        var definition = Flows.Of("trigger > a:poison").With("a", n => n with { Name = "Read the scan" });
        var run = new RunIdentity(Guid.Empty, EngineHarness.Tenant, Guid.Empty, 1, 0);
        JournalEntry[] entries = [new(1, default, new RunEvent.RunStarted(default)), new(2, default, new RunEvent.StepStarted("a", 1))];

        Assert.Equal(
            "The run was being watched when the server died, 3 times in a row, at the step “Read the scan”. Look into the server's log, then try again or cancel the run.",
            SuspectWatch.Verdict(new RunRecord(run, RunStatus.Running, entries) { Crashes = -2, Trials = 2 }, definition, goesOn: false));
    }

    // a run that was paused while one of its steps waited for the signal "news"
    private static async Task<RunIdentity> PausedAsync(EngineHarness engine, string? code)
    {
        var run = (await engine.Journal.LoadAsync(await engine.RunAsync(Flows.Of("trigger > a:echo")), default))!.Run;
        var (now, epoch) = (engine.Clock.GetUtcNow(), await engine.Journal.ClaimAsync(run.Shard, engine.Clock.GetUtcNow(), default));
        var header = new RunHeader(RunStatus.Paused, "a", 0, now.AddDays(3650), code, null, null);
        await engine.Journal.AppendAsync(
            new RunAppend(run, epoch, [new JournalEntry(2, now, new RunEvent.RunPaused("engine", code, null))], header, [new RunWait("a", null, "news", now)], [], []) { IsSetAside = true }, default);
        return run;
    }

    // as if owners of every shard had died: each claim finds an owner before it that did not hand back
    private static async Task DieAsync(EngineHarness engine, int times)
    {
        for (var i = 0; i < times + 1; i++)
            for (var shard = 0; shard < RunBell.Shards; shard++) await engine.Journal.ClaimAsync(shard, engine.Clock.GetUtcNow(), default);
    }

    // as if the server had died in the turn of a run, and so many times before
    private static async Task DieInTurnAsync(EngineHarness engine, Guid runId, int before)
    {
        var record = (await engine.Journal.LoadAsync(runId, default))!;
        var epoch = await engine.Journal.ClaimAsync(record.Run.Shard, engine.Clock.GetUtcNow(), default);
        await engine.Journal.SetCrashesAsync(record.Run, epoch, -2, before, default);
    }

    private static async Task<Engine.Storage.Rows.RunRow> HeaderAsync(EngineHarness engine, Guid id, RunStatus status)
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

    private static void InterlockedMax(ref int most, int value)
    {
        int known;
        while ((known = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, known) != known)
        {
        }
    }
}
