using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Which shards a node holds, and that its own runs are of them.</summary>
public sealed class ShardSharingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(64)]
    [InlineData(70)]
    public void Shares_OfAllNodes_AreAllShards_AndDifferByOneAtMost(int nodes)
    {
        string[] alive = [.. Enumerable.Range(0, nodes).Select(i => $"node-{i * 7 % 71}")];
        var shares = alive.Select(me => ShardSharing.ShareOf(me, alive)).ToList();
        Assert.Equal(RunBell.Shards, shares.Sum());
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
    }

    [Fact]
    public void RunIds_OfANodeAmongOthers_AreOfItsOwnShards_AndOfAllOfThem()
    {
        var (bell, limits) = (Bell(isAlone: false), new NodeLimits());
        foreach (var shard in new[] { 3, 4, 11 }) bell.Own(shard, true);
        var ids = Ids(bell, limits);
        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.Equal([3, 4, 11], ids.Select(RunBell.ShardOf).Distinct().Order());
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }

    [Fact]
    public async Task RunIds_OfANodeWithoutAPlaceForARun_AreOfAllShards()
    {
        var (bell, limits) = (Bell(isAlone: false), new NodeLimits());
        bell.Own(3, true);
        for (var i = 0; i < NodeLimits.MostRuns; i++) await limits.Runs.WaitAsync();
        Assert.Equal(RunBell.Shards, Ids(bell, limits).Select(RunBell.ShardOf).Distinct().Count());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void RunIds_OfANodeThatIsAloneOrOwnsNothing_AreOfAllShards(bool isAlone, bool owns)
    {
        var bell = Bell(isAlone);
        bell.Own(3, owns);
        Assert.Equal(RunBell.Shards, Ids(bell, new NodeLimits()).Select(RunBell.ShardOf).Distinct().Count());
    }

    private static List<Guid> Ids(RunBell bell, NodeLimits limits)
    {
        var ids = new RunIds(new IdFactory(TimeProvider.System), bell, limits);
        return [.. Enumerable.Range(0, 1_000).Select(_ => ids.New())];
    }

    private static RunBell Bell(bool isAlone)
    {
        var news = new NodeNews();
        news.Connect(new Link(isAlone));
        return new RunBell(news);
    }

    private sealed class Link(bool isAlone) : INodeLink
    {
        public bool IsAlone => isAlone;

        public void Send(string item)
        {
        }
    }
}
