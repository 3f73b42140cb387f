using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What a node allows itself, and what it says when something hangs.</summary>
public abstract class NodeLimitTests(TestStore store) : EngineSuite(store)
{
    private const int Shard = 5;

    private static readonly Guid Other = Guid.Parse("22222222-2222-7222-8222-222222222222");

    [Fact]
    public async Task Workspace_WithItsShareInExecution_LeavesPlacesToOthers()
    {
        var hold = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (input, _) =>
        {
            if (input.Run.Tenant.WorkspaceId != Other) await hold.Task;
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(slow);
            services.AddSingleton(new NodeLimits { PerWorkspace = 1, Farewell = TimeSpan.FromMilliseconds(100) });
        });
        await AddOtherAsync(engine);
        engine.Pump();
        var version = await engine.PublishAsync(Flows.Of("trigger > s:slow"));
        var first = await engine.StartRunAsync(version);
        await engine.EventuallyAsync(() => slow.Calls == 1);
        var second = await engine.StartRunAsync(version);
        var start = new StartRunRequest
        {
            Tenant = new Tenant(Other, StudioEnvironment.Live),
            VersionSerial = version,
            Payload = JsonElement.Parse("{}"),
            Cause = "manual",
        };
        await engine.Runs.StartAsync(start);
        await engine.EventuallyAsync(() => slow.Calls == 2); // the other workspace's, not the second of the first
        Assert.Equal(RunStatus.Queued, (await engine.UntilAsync(second, RunStatus.Queued, RunStatus.Running)).Header.Status);
        hold.SetResult();
        await engine.UntilAsync(first, RunStatus.Done);
        await engine.UntilAsync(second, RunStatus.Done);
    }

    [Fact]
    public async Task BacklogOfAWorkspace_DoesNotHideTheTimersOfOthers()
    {
        const int backlog = 600; // more than a poll reads at once
        var (hold, order) = (new TaskCompletionSource(), new ConcurrentQueue<Guid>());
        var slow = new ScriptedNode("slow", async (input, stop) =>
        {
            order.Enqueue(input.Run.RunId);
            await hold.Task.WaitAsync(stop);
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(slow);
            services.AddSingleton<NodeType>(ScriptedNode.Waiting(TimeSpan.FromHours(1), null));
            services.AddSingleton(new NodeLimits { PerWorkspace = 1, Farewell = TimeSpan.FromMilliseconds(100) });
        });
        await AddOtherAsync(engine);
        engine.Pump();
        var timer = (await StartAsync(engine, EngineHarness.Tenant, await engine.PublishAsync(Flows.Of("trigger > w:waiting")), 1))[0];
        engine.Get<RunBell>().Ring(timer);
        await engine.UntilAsync(timer, RunStatus.Waiting);
        var runs = await StartAsync(
            engine, new Tenant(Other, StudioEnvironment.Live), await engine.PublishAsync(Flows.Of("trigger > s:slow")), backlog);
        await engine.EventuallyAsync(() => slow.Calls == 1);

        engine.Clock.Advance(TimeSpan.FromHours(2)); // it falls due behind all of them
        await engine.UntilAsync(timer, RunStatus.Done);
        Assert.Equal(1, slow.Calls);

        hold.SetResult();
        await engine.EventuallyAsync(() => slow.Calls == backlog);
        Assert.Equal(runs.Order(), order.Order()); // none is lost, none called twice
    }

    [Theory]
    [InlineData(true)] // rung for when it was made
    [InlineData(false)] // found by its id, and read to learn whose it is
    public async Task RunInLine_IsNotHeldInMemory_AndReadWhenItsTurnComes(bool made)
    {
        await using var line = await LineAsync(
            new NodeLimits { PerWorkspace = 1, KeptInLine = 0, Farewell = TimeSpan.FromMilliseconds(100) });
        var (second, data) = made ? await line.RingFreshAsync() : await line.RingAsync();
        await line.Engine.EventuallyAsync(() => line.Engine.Get<ShardPumps>().InHand == 2);
        await line.Engine.EventuallyAsync(() =>
        {
            GC.Collect();
            return data.TryPeek(out var first) && !first.TryGetTarget(out _);
        });

        line.Hold.SetResult();
        await line.Engine.UntilAsync(second, RunStatus.Done);
        Assert.InRange(line.Read.Count, made ? 1 : 2, 3); // a poll may find it just before it is done
    }

    [Fact]
    public async Task NewRunInLine_IsNotReadWhileThereIsRoomForItsData()
    {
        await using var line = await LineAsync(new NodeLimits { PerWorkspace = 1, Farewell = TimeSpan.FromMilliseconds(100) });
        var (second, _) = await line.RingFreshAsync();
        await line.Engine.EventuallyAsync(() => line.Engine.Get<ShardPumps>().InHand == 2);
        line.Hold.SetResult();
        await line.Engine.UntilAsync(second, RunStatus.Done);

        Assert.Empty(line.Read);
    }

    [Fact]
    public async Task DueBehind_GoesThroughAllThatIsDue_AlsoThroughThoseOfOneTime()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var runs = await StartAsync(engine, EngineHarness.Tenant, version, 10);
        var now = engine.Clock.GetUtcNow();
        var epoch = await engine.Journal.ClaimAsync(Shard, now, default);
        foreach (var (i, run) in runs.Index()) await engine.Journal.PostponeAsync(run, Shard, epoch, now.AddMinutes(-(i % 2) - 1), default);
        await engine.Journal.PostponeAsync(
            (await StartAsync(engine, EngineHarness.Tenant, version, 1))[0], Shard, epoch, now.AddMinutes(1), default);

        var seen = new List<DueRun>();
        while (await engine.Journal.DueBehindAsync(Shard, seen.LastOrDefault(), now, 3, default) is { Count: > 0 } page)
            seen.AddRange(page);

        Assert.Equal([.. runs.Where((_, i) => i % 2 == 1), .. runs.Where((_, i) => i % 2 == 0)], seen.Select(r => r.RunId));
        Assert.All(seen, r => Assert.Equal(EngineHarness.Tenant.WorkspaceId, r.WorkspaceId));
    }

    [Fact]
    public void Hand_FullOfOneWorkspace_HasRoomForOthers()
    {
        var hand = new RunsInHand();
        var ids = Ids(RunsInHand.MostPerWorkspace + 2).ToList();
        var works = ids[2..].Select(id => hand.TryTake(id, Other)).ToList();

        Assert.DoesNotContain(null, works);
        Assert.Null(hand.TryTake(ids[0], Other));
        Assert.NotNull(hand.TryTake(ids[1], EngineHarness.Tenant.WorkspaceId));
        var unknown = hand.TryTake(ids[0], workspace: null)!;
        Assert.False(hand.TryStay(unknown, Other)); // when it was read whose it is
        Assert.True(hand.TryLetGo(ids[2], works[0]!, through: true));
        Assert.True(hand.TryStay(unknown, Other));
    }

    [Fact]
    public async Task Housekeeping_ReportsRunsThatNobodyWorksOn()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo()); // no pump runs
        await engine.RunAsync(Flows.Of("trigger > a:echo"));
        Assert.Equal(0, await engine.Get<Housekeeping>().ReportStuckAsync(CancellationToken.None));
        engine.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await engine.Get<Housekeeping>().ReportStuckAsync(CancellationToken.None));
    }

    private async Task<Line> LineAsync(NodeLimits limits)
    {
        var line = new Line();
        line.Engine = await CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(line.Slow);
            services.AddSingleton(limits);
            services.AddSingleton<IJournal>(
                p => line.Journal = new HookedJournal(ActivatorUtilities.CreateInstance<Engine.Storage.Journal.SqlJournal>(p)));
        });
        line.Version = await line.Engine.PublishAsync(Flows.Of("trigger > s:slow"));
        line.Engine.Pump();
        var first = (await StartAsync(line.Engine, EngineHarness.Tenant, line.Version, 1))[0];
        await line.Engine.EventuallyAsync(() => line.Slow.Calls == 1); // found by the first poll, which sees also what is new
        line.Journal!.AfterLoad = record =>
        {
            if (record.Run.RunId != first) line.Read.Enqueue(new WeakReference<object>(record));
        };
        return line;
    }

    // some minutes old, so that the poll does not leave them to a bell; all in one shard, in the order of their ids
    private static async Task<IReadOnlyList<Guid>> StartAsync(EngineHarness engine, Tenant tenant, long version, int count)
    {
        var starts = Ids(count).Select(id => Start(id, tenant, version, engine.Clock.GetUtcNow().AddMinutes(-5))).ToList();
        await Task.WhenAll(starts.Select(s => engine.Journal.StartAsync(s, default)));
        return [.. starts.Select(s => s.Run.RunId)];
    }

    private static RunStart Start(Guid id, Tenant tenant, long version, DateTimeOffset at) =>
        new(new RunIdentity(id, tenant, Guid.Empty, version, Shard),
            new JournalEntry(1, at, new RunEvent.RunStarted(JsonElement.Parse("{}"))), "manual", null, null);

    // ids of one shard, in the order in which a database sorts them
    private static IEnumerable<Guid> Ids(int count)
    {
        var ids = new IdFactory(TimeProvider.System);
        return Enumerable.Range(0, count).Select(_ => ids.New().ToByteArray(true)[..15]).OrderBy(Convert.ToHexString)
            .Select(start => new Guid([.. start, Shard], true));
    }

    private static Task<bool> AddOtherAsync(EngineHarness engine) =>
        engine.Writer.WriteAsync(
            w => w.Db.Add(new WorkspaceRow { Id = Other, Slug = "other", Name = "Other practice", TimeZone = "UTC" }) is not null);

    /// <summary>An engine in which one run has the whole share of its workspace, so that the next stands in line.</summary>
    private sealed class Line : IAsyncDisposable
    {
        public Line() => Slow = new ScriptedNode("slow", async (_, stop) =>
        {
            await Hold.Task.WaitAsync(stop);
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);

        public TaskCompletionSource Hold { get; } = new();

        public ScriptedNode Slow { get; }

        public EngineHarness Engine { get; set; } = null!;

        public HookedJournal? Journal { get; set; }

        public long Version { get; set; }

        /// <summary>What was read of the run in line.</summary>
        public ConcurrentQueue<WeakReference<object>> Read { get; } = [];

        /// <summary>Makes a run and rings for it as whoever makes one does. Answers what its data can be seen by.</summary>
        public async Task<(Guid Run, ConcurrentQueue<WeakReference<object>> Data)> RingFreshAsync()
        {
            var start = Start(Ids(1).Single(), EngineHarness.Tenant, Version, Engine.Clock.GetUtcNow());
            await Engine.Journal.StartAsync(start, default);
            var plan = (await Engine.Get<PlanSource>().PlanAsync(Version, default)).Plan;
            var fresh = new FreshRun(start.Run, plan, RunFold.Replay(plan, [start.First]));
            Engine.Get<RunBell>().Ring(fresh);
            return (start.Run.RunId, new([new WeakReference<object>(fresh)]));
        }

        /// <summary>Makes a run and rings for it as somebody who knows only its id.</summary>
        public async Task<(Guid Run, ConcurrentQueue<WeakReference<object>> Data)> RingAsync()
        {
            var start = Start(Ids(1).Single(), EngineHarness.Tenant, Version, Engine.Clock.GetUtcNow());
            await Engine.Journal.StartAsync(start, default);
            Engine.Get<RunBell>().Ring(start.Run.RunId);
            return (start.Run.RunId, Read);
        }

        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
