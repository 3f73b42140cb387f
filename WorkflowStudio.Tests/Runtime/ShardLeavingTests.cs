using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>A node that takes shards, and that leaves while one of them still works.</summary>
public sealed class ShardLeavingTests
{
    [Fact]
    public async Task Leaving_GivesEachShardBackWhenItIsFinished_NotAllWhenTheLastIs()
    {
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new ScriptedNode("slow", async (_, _) =>
        {
            begun.TrySetResult();
            await finish.Task;
            return new NodeOutcome.Completed(System.Text.Json.JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await EngineHarness.CreateAsync(slow);
        var nodes = new KnownNodes();
        using var sharing = Sharing(engine, nodes);
        Assert.Equal(RunBell.Shards, await sharing.RunOnceAsync(default));
        var busy = RunBell.ShardOf(await engine.RunAsync(Flows.Of("trigger > a:slow")));
        await begun.Task;

        var leaving = sharing.LeaveAsync();
        await engine.EventuallyAsync(() => nodes.Released.Count == RunBell.Shards - 1);
        Assert.True(nodes.IsLeaving);
        Assert.DoesNotContain(busy, nodes.Released);
        finish.SetResult();
        await leaving;

        Assert.Equal(busy, nodes.Released.Last());
        Assert.True(nodes.HasLeft);
    }

    [Fact]
    public async Task Shard_ThatCouldNotBeGivenBack_IsGivenBackLater()
    {
        await using var engine = await EngineHarness.CreateAsync();
        var nodes = new KnownNodes { IsAway = true };
        using var sharing = Sharing(engine, nodes);
        await sharing.RunOnceAsync(default);
        nodes.Others.Add(new ListedNode("other", TimeSpan.Zero));
        await sharing.RunOnceAsync(default); // half of them end
        await engine.EventuallyAsync(async () => await Record.ExceptionAsync(() => sharing.RunOnceAsync(default)) is IOException);
        nodes.IsAway = false;
        await engine.EventuallyAsync(async () => await sharing.RunOnceAsync(default) == RunBell.Shards / 2);

        Assert.Equal(RunBell.Shards / 2, nodes.Holders.Count(h => h is null));
        await sharing.LeaveAsync();
        Assert.All(nodes.Holders, Assert.Null);
    }

    [Fact]
    public async Task Share_OfANodeBesideOneThatLeaves_IsAll_OnceItIsGivenBack()
    {
        await using var engine = await EngineHarness.CreateAsync();
        var nodes = new KnownNodes();
        for (var shard = 0; shard < RunBell.Shards; shard += 2) nodes.Holders[shard] = "other";
        nodes.Others.Add(new ListedNode("other", TimeSpan.Zero, IsLeaving: true));
        using var sharing = Sharing(engine, nodes);

        Assert.Equal(RunBell.Shards / 2, await sharing.RunOnceAsync(default)); // what it still holds is left to it
        nodes.Holders[0] = null;
        Assert.Equal((RunBell.Shards / 2) + 1, await sharing.RunOnceAsync(default));
        for (var second = 0; second < 6; second++) await sharing.RunOnceAsync(default); // it has looked for a while
        nodes.Others[0] = nodes.Others[0] with { HasEnded = true };
        await sharing.RunOnceAsync(default);
        Assert.Equal(RunBell.Shards, await sharing.RunOnceAsync(default));
        await sharing.LeaveAsync();
    }

    private static ShardSharing Sharing(EngineHarness engine, INodes nodes) =>
        new(nodes, engine.Get<ShardPumps>(), new NodeBell(), engine.Clock, new Lifetime(), NullLogger<ShardSharing>.Instance);

    private sealed class KnownNodes : INodes
    {
        private long beat;

        public string Me => "me";

        public List<ListedNode> Others { get; } = [];

        public string?[] Holders { get; } = new string?[RunBell.Shards];

        public ConcurrentQueue<int> Released { get; } = [];

        public bool IsLeaving { get; private set; }

        public bool IsAway { get; set; }

        public bool HasLeft { get; private set; }

        public Task<NodesListed> SeeAsync(bool leaving, CancellationToken cancellationToken)
        {
            IsLeaving = leaving;
            beat++;
            return Task.FromResult(new NodesListed([new ListedNode(Me, TimeSpan.FromSeconds(1)),
                .. Others.Select(o => o.HasEnded ? o : o with { Beat = beat })], [.. Holders]));
        }

        public Task<bool> TakeAsync(int shard, string? from, CancellationToken cancellationToken)
        {
            Holders[shard] = Me;
            return Task.FromResult(true);
        }

        public Task ReleaseAsync(int shard, CancellationToken cancellationToken)
        {
            if (IsAway) throw new IOException("The database is away.");
            if (Holders[shard] == Me) Holders[shard] = null;
            Released.Enqueue(shard);
            return Task.CompletedTask;
        }

        public Task LeaveAsync(CancellationToken cancellationToken)
        {
            HasLeft = true;
            return Task.CompletedTask;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
