using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Runs in whose execution the server died.</summary>
public abstract class RunSuspectTests(TestStore store) : EngineSuite(store)
{
    private static readonly NodeOutcome Nothing = new NodeOutcome.Completed(System.Text.Json.JsonElement.Parse("{}"));

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
        await engine.EventuallyAsync(async () => (await RunSetAsideTests.HeaderAsync(engine, unlucky, RunStatus.Queued)).Trials == 1);
        await DieAsync(engine, 3); // deaths while it waits for its next turn say nothing of it, and do not bring it forward
        var waiting = await RunSetAsideTests.HeaderAsync(engine, unlucky, RunStatus.Queued);
        Assert.Equal((2, 1), (waiting.Crashes, waiting.Trials));
        Assert.True(waiting.WakeAt > engine.Clock.GetUtcNow());

        await using var third = engine.Restart(ScriptedNode.Echo("slow", effect: true));
        engine.Clock.Advance(TimeSpan.FromSeconds(15));
        var done = await engine.UntilAsync(unlucky, RunStatus.Done);
        Assert.Equal((0, 0), (done.Header.Crashes, done.Header.Trials));
    }

    [Fact]
    public async Task SuspectThatWasPutOff_AndStoodInLineForItsTurn_HasIt()
    {
        var held = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (_, _) =>
        {
            await held.Task;
            return Nothing;
        }, effect: true);
        await using var engine = await CreateAsync(slow);
        var version = await engine.PublishAsync(Flows.Of("trigger > a:slow"));
        Guid[] both = [await engine.StartRunAsync(version), await engine.StartRunAsync(version)];
        await DieAsync(engine, 2);
        foreach (var id in both) await DieInTurnAsync(engine, id, 0);
        await using var second = engine.Restart(slow);
        foreach (var id in both)
            await engine.EventuallyAsync(async () => (await RunSetAsideTests.HeaderAsync(engine, id, RunStatus.Queued)).Trials == 1);
        engine.Clock.Advance(TimeSpan.FromSeconds(15)); // both are due
        await engine.EventuallyAsync(async () => slow.Calls == 1 && await InLineAsync());
        held.SetResult();

        foreach (var id in both)
            Assert.Equal(
                (0, 0), await engine.UntilAsync(id, RunStatus.Done) is var run ? (run.Header.Crashes, run.Header.Trials) : default);

        Task<bool> InLineAsync() =>
            engine.Writer.WriteAsync(w => w.Db.Runs.Any(r => r.WakeAt > engine.Clock.GetUtcNow().AddSeconds(30) && r.Crashes > 0));
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
        Assert.StartsWith(
            "The run was being watched when the server died, 3 times in a row, at its first step. It is tried once more by itself",
            paused.Header.ErrorMessage, StringComparison.Ordinal);
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
        JournalEntry[] before = [new(2, now, new RunEvent.RunPaused(RunEvent.Engine, RunSetAside.CrashedTheServer, "")),
            new(3, now, new RunEvent.RunResumed(RunEvent.Engine))];
        await engine.Journal.AppendAsync(
            new RunAppend(run, epoch, before, new RunHeader(RunStatus.Queued, null, 0, now, null, null, null), [], [], []), default);
        await DieAsync(engine, 2);
        await DieInTurnAsync(engine, guilty, 2);
        await using var second = engine.Restart(ScriptedNode.Echo("poison", effect: true));
        var paused = await engine.UntilAsync(guilty, RunStatus.Paused);

        Assert.Null(Assert.IsType<RunEvent.RunPaused>(paused.Entries[^1].Event).Until);
        Assert.EndsWith(
            "Look into the server's log, then try again or cancel the run.", paused.Header.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SuspectThatIsPutOff_WaitsForItsTurn_WhateverButACancelIsWanted()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo("slow", effect: true));
        var id = await engine.RunAsync(Flows.Of("trigger > a:slow"));
        await DieAsync(engine, 2);
        await DieInTurnAsync(engine, id, 0);
        await using var second = engine.Restart(ScriptedNode.Echo("slow", effect: true));
        await engine.EventuallyAsync(async () => (await RunSetAsideTests.HeaderAsync(engine, id, RunStatus.Queued)).Trials == 1);
        var watch = new SuspectWatch(engine.Get<Engine.Runtime.Execution.ExecutionTools>());
        await engine.Runs.SignalAsync(EngineHarness.Tenant, id, "news", default, "Dana");
        Assert.True(await watch.IsPutOffAsync((await engine.Journal.LoadAsync(id, default))!, default));

        await second.Runs.RequestAsync(EngineHarness.Tenant, id, RunRequestKind.Cancel, null, "Dana");
        await engine.UntilAsync(id, RunStatus.Canceled);
    }

    [Fact]
    public void Verdict_NamesTheStep()
    {
        var definition = Flows.Of("trigger > a:poison").With("a", n => n with { Name = "Read the scan" });
        var run = new RunIdentity(Guid.Empty, EngineHarness.Tenant, Guid.Empty, 1, 0);
        JournalEntry[] entries = [new(1, default, new RunEvent.RunStarted(default)), new(2, default, new RunEvent.StepStarted("a", 1))];

        Assert.Equal(
            "The run was being watched when the server died, 3 times in a row, at the step “Read the scan”. Look into the server's log, "
            + "then try again or cancel the run.",
            SuspectWatch.Verdict(new RunRecord(run, RunStatus.Running, entries) { Crashes = -2, Trials = 2 }, definition, goesOn: false));
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

    private static void InterlockedMax(ref int most, int value)
    {
        int known;
        while ((known = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, known) != known)
        {
        }
    }
}
