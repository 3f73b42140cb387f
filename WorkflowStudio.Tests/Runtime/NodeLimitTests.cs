using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Runtime.Shards;
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
        var start = new StartRunRequest { Tenant = new Tenant(Other, StudioEnvironment.Live), VersionSerial = version, Payload = JsonElement.Parse("{}"), Cause = "manual" };
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
        var runs = await StartAsync(engine, new Tenant(Other, StudioEnvironment.Live), await engine.PublishAsync(Flows.Of("trigger > s:slow")), backlog);
        await engine.EventuallyAsync(() => slow.Calls == 1);

        engine.Clock.Advance(TimeSpan.FromHours(2)); // it falls due behind all of them
        await engine.UntilAsync(timer, RunStatus.Done);
        Assert.Equal(1, slow.Calls);

        hold.SetResult();
        await engine.EventuallyAsync(() => slow.Calls == backlog);
        Assert.Equal(runs.Order(), order.Order()); // none is lost, none called twice
    }

    [Fact]
    public async Task DueBehind_GoesThroughAllThatIsDue_AlsoThroughThoseOfOneTime()
    {
        await using var engine = await CreateAsync(ScriptedNode.Echo());
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        var runs = await StartAsync(engine, EngineHarness.Tenant, version, 10);
        var now = engine.Clock.GetUtcNow();
        foreach (var (i, run) in runs.Index()) await engine.Journal.PostponeAsync(run, now.AddMinutes(-(i % 2) - 1), default);
        await engine.Journal.PostponeAsync((await StartAsync(engine, EngineHarness.Tenant, version, 1))[0], now.AddMinutes(1), default);

        var seen = new List<DueRun>();
        while (await engine.Journal.DueBehindAsync(Shard, seen.LastOrDefault(), now, 3, default) is { Count: > 0 } page) seen.AddRange(page);

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
        Assert.True(hand.TryLetGo(ids[2], works[0]!, through: true));
        Assert.NotNull(hand.TryTake(ids[0], Other));
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

    // some minutes old, so that the poll does not leave them to a bell; all in one shard, in the order of their ids
    private static async Task<IReadOnlyList<Guid>> StartAsync(EngineHarness engine, Tenant tenant, long version, int count)
    {
        var starts = Ids(count).Select(id =>
        {
            var entry = new JournalEntry(1, engine.Clock.GetUtcNow().AddMinutes(-5), new RunEvent.RunStarted(JsonElement.Parse("{}")));
            return new RunStart(new RunIdentity(id, tenant, Guid.Empty, version, Shard), entry, "manual", null, null);
        }).ToList();
        await Task.WhenAll(starts.Select(s => engine.Journal.StartAsync(s, default)));
        return [.. starts.Select(s => s.Run.RunId)];
    }

    // ids of one shard, in the order in which a database sorts them
    private static IEnumerable<Guid> Ids(int count)
    {
        var ids = new IdFactory(TimeProvider.System);
        return Enumerable.Range(0, count).Select(_ => ids.New().ToByteArray(true)[..15]).OrderBy(Convert.ToHexString).Select(start => new Guid([.. start, Shard], true));
    }

    private static Task<bool> AddOtherAsync(EngineHarness engine) =>
        engine.Writer.WriteAsync(w => w.Db.Add(new WorkspaceRow { Id = Other, Slug = "other", Name = "Other practice", TimeZone = "UTC" }) is not null);
}
