using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Two nodes that write to runs: by the concurrency rule of a workflow, and by who owns a shard.</summary>
public abstract class NodeShardTests(TestStore store) : EngineSuite(store)
{
    private const int Many = 50;

    private static readonly ConcurrencyRule OneAtATime = new(1, BeyondConcurrency.Queue);

    [Fact]
    public async Task Starts_OfAWorkflowWithOneRunAtATime_OneIsOpen()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var version = (await PublishAsync(nodes.First, 1))[0];
        var epochs = new long[RunBell.Shards];
        for (var shard = 0; shard < epochs.Length; shard++)
            epochs[shard] = await Owner(nodes, shard).Journal.ClaimAsync(shard, nodes.First.Clock.GetUtcNow(), default);

        var starts = nodes.AtOnceAsync(Many, (node, _) => node.StartRunAsync(version));
        var (ended, most) = (0, 0);
        for (var until = Environment.TickCount64 + EngineHarness.Patience.TotalMilliseconds; ended < Many
            && Environment.TickCount64 < until;)
        {
            // one statement, so one moment: whatever is open stays so until it is ended here, by the node that owns it
            var open = await OpenAsync(nodes.Second);
            most = Math.Max(most, open.Count);
            foreach (var id in open)
            {
                var run = (await nodes.First.Journal.LoadAsync(id, default))!.Run;
                await Owner(nodes, run.Shard).Journal.AppendAsync(
                    End(nodes.First, run, epochs[run.Shard]) with { Concurrency = OneAtATime }, default);
                ended++;
            }
        }

        Assert.Equal(Many, (await starts).Distinct().Count());
        Assert.Equal((Many, 1), (ended, most));
    }

    [Fact]
    public async Task FirstStarts_OnBothNodes_OneIsCountedAndOneHeld()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var versions = await PublishAsync(nodes.First, Many);

        await nodes.AtOnceAsync(2 * Many, (node, i) => node.StartRunAsync(versions[i / 2]));

        Assert.Equal((Many, Many), await UnfinishedAsync(nodes.First, RunGate.Counted));
        Assert.Equal((Many, Many), await UnfinishedAsync(nodes.First, RunGate.Held));
    }

    [Fact]
    public async Task StartWhileTheRunBeforeEndsOnTheOtherNode_IsNotHeldForEver()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var versions = await PublishAsync(nodes.First, Many);
        var epochs = await ClaimAllAsync(nodes.First);
        var runs = new List<RunIdentity>();
        foreach (var version in versions) runs.Add(await StartAsync(nodes.First, version));

        await nodes.AtOnceAsync(2 * Many, async (node, i) =>
        {
            var run = runs[i / 2];
            if (i % 2 == 0) await node.Journal.AppendAsync(End(node, run, epochs[run.Shard]) with { Concurrency = OneAtATime }, default);
            else await node.StartRunAsync(versions[i / 2]);
            return true;
        });

        Assert.Equal((Many, Many), await UnfinishedAsync(nodes.First, RunGate.Counted));
        Assert.Equal((0, 0), await UnfinishedAsync(nodes.First, RunGate.Held));
    }

    [Fact]
    public async Task Append_AfterTheOtherNodeTookTheShard_LeavesNothing()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var run = await StartAsync(nodes.First, await nodes.First.PublishAsync(Flows.Of("trigger > a:echo")));
        var stale = await nodes.First.Journal.ClaimAsync(run.Shard, nodes.First.Clock.GetUtcNow(), default);
        var current = await nodes.Second.Journal.ClaimAsync(run.Shard, nodes.First.Clock.GetUtcNow(), default);

        await Assert.ThrowsAsync<ShardLostException>(() => nodes.First.Journal.AppendAsync(End(nodes.First, run, stale), default));

        var record = await nodes.Second.Journal.LoadAsync(run.RunId, default);
        Assert.Equal((RunStatus.Queued, 1), (record!.Status, record.Entries.Count));
        await nodes.Second.Journal.AppendAsync(End(nodes.Second, run, current), default);
        record = await nodes.First.Journal.LoadAsync(run.RunId, default);
        Assert.Equal((RunStatus.Done, 2), (record!.Status, record.Entries.Count));
    }

    [Fact]
    public async Task Postponing_AfterTheOtherNodeTookTheShard_LeavesTheRunToIt()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var run = await StartAsync(nodes.First, await nodes.First.PublishAsync(Flows.Of("trigger > a:echo")));
        var now = nodes.First.Clock.GetUtcNow();
        var stale = await nodes.First.Journal.ClaimAsync(run.Shard, now, default);
        var current = await nodes.Second.Journal.ClaimAsync(run.Shard, now, default);
        var due = () => nodes.Second.Journal.DueAsync([run.Shard], now + TimeSpan.FromSeconds(5), 10, default);

        await Assert.ThrowsAsync<ShardLostException>(
            () => nodes.First.Journal.PostponeAsync(run.RunId, run.Shard, stale, now + TimeSpan.FromMinutes(1), default));

        Assert.Equal([run.RunId], await due());
        await nodes.Second.Journal.PostponeAsync(run.RunId, run.Shard, current, now + TimeSpan.FromMinutes(1), default);
        Assert.Empty(await due());
    }

    [Fact]
    public async Task Appends_WhileTheOtherNodeTakesTheShards_AreWrittenOrRefused()
    {
        await using var nodes = new TwoNodes(await CreateAsync(ScriptedNode.Echo()));
        var version = await nodes.First.PublishAsync(Flows.Of("trigger > a:echo"));
        var runs = await nodes.AtOnceAsync(Many, (node, _) => StartAsync(node, version));
        var epochs = await ClaimAllAsync(nodes.First);

        var claiming = Task.Run(() => ClaimAllAsync(nodes.Second));
        var written = await Task.WhenAll(
            runs.Select(run => Task.Run(() => IsWrittenAsync(nodes.First, End(nodes.First, run, epochs[run.Shard])))));
        await claiming;

        foreach (var (run, isWritten) in runs.Zip(written))
        {
            var record = await nodes.Second.Journal.LoadAsync(run.RunId, default);
            Assert.Equal(isWritten ? (RunStatus.Done, 2) : (RunStatus.Queued, 1), (record!.Status, record.Entries.Count));
            Assert.False(await IsWrittenAsync(nodes.First, End(nodes.First, run, epochs[run.Shard])));
        }
    }

    private static EngineHarness Owner(TwoNodes nodes, int shard) => shard % 2 == 0 ? nodes.First : nodes.Second;

    // workflows that run one at a time, by their versions
    private static async Task<IReadOnlyList<long>> PublishAsync(EngineHarness node, int count)
    {
        var definition = Flows.Of("trigger > a:echo") with { Settings = new WorkflowSettings { Concurrency = OneAtATime } };
        return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => node.PublishAsync(definition)));
    }

    private static async Task<long[]> ClaimAllAsync(EngineHarness node)
    {
        var epochs = new long[RunBell.Shards];
        for (var shard = 0; shard < epochs.Length; shard++)
            epochs[shard] = await node.Journal.ClaimAsync(shard, node.Clock.GetUtcNow(), default);
        return epochs;
    }

    private static async Task<RunIdentity> StartAsync(EngineHarness node, long version) =>
        (await node.Journal.LoadAsync(await node.StartRunAsync(version), default))!.Run;

    private static async Task<bool> IsWrittenAsync(EngineHarness node, RunAppend append)
    {
        try
        {
            await node.Journal.AppendAsync(append, default);
            return true;
        }
        catch (ShardLostException)
        {
            return false;
        }
    }

    private static RunAppend End(EngineHarness node, RunIdentity run, long epoch)
    {
        var now = node.Clock.GetUtcNow();
        return new RunAppend(run, epoch, [new JournalEntry(2, now, new RunEvent.RunCompleted())],
            new RunHeader(RunStatus.Done, null, 1, null, null, null, now), [], [], []);
    }

    private static async Task<List<Guid>> OpenAsync(EngineHarness node)
    {
        await using var db = await ContextAsync(node);
        return await db.Runs.Where(r => r.Gate == RunGate.Counted && r.FinishedAt == null).Select(r => r.Id).ToListAsync();
    }

    private static async Task<(int Runs, int Workflows)> UnfinishedAsync(EngineHarness node, RunGate gate)
    {
        await using var db = await ContextAsync(node);
        var workflows = await db.Runs.Where(r => r.Gate == gate && r.FinishedAt == null).Select(r => r.WorkflowId).ToListAsync();
        return (workflows.Count, workflows.Distinct().Count());
    }

    private static Task<StudioDbContext> ContextAsync(EngineHarness node) =>
        node.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
}
