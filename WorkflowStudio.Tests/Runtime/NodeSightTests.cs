using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Which nodes one node takes for alive.</summary>
public sealed class NodeSightTests
{
    private readonly TickingClock clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Alive_OfListedNodes_AreThoseThatWereHeardOfAndHaveNotEnded()
    {
        var sight = Looking(("me", 0), ("near", 1), ("gone", 1));
        Assert.Equal(["me", "near"], Alive(sight, ("me", 1), ("near", 5.9), ("gone", 6.1)));
    }

    [Fact]
    public void Alive_OfANodeWhoseProcessHasEnded_WhenItIsSeenTwice()
    {
        var sight = Looking(("me", 0), ("a", 1));
        ListedNode[] listed = [new("me", TimeSpan.FromSeconds(1)), new("a", TimeSpan.FromSeconds(1.2), HasEnded: true)];
        Assert.Equal(["a", "me"], [.. sight.Alive("me", listed).Order(StringComparer.Ordinal)]); // its connection may have been cut, too
        Assert.Equal(["me"], [.. sight.Alive("me", listed)]);
    }

    [Fact]
    public void Alive_AfterTheDatabaseRestarted_AreThoseWhoseLocksItTook()
    {
        var sight = Looking(("me", 0), ("a", 1));
        ListedNode[] listed = [new("me", TimeSpan.FromSeconds(4)), new("a", TimeSpan.FromSeconds(4), HasEnded: true)];
        Assert.Contains("a", sight.Alive("me", listed));
        Assert.Contains("a", sight.Alive("me", [listed[0] with { Silent = TimeSpan.FromSeconds(1) }, listed[1]]));
    }

    [Fact]
    public void Alive_AfterTheListWasAway_AreThoseBefore_UntilTheyHadTimeToBeHeardOf()
    {
        var sight = Looking(("me", 0), ("a", 1), ("b", 1), ("long gone", 60));
        Alive(sight, ("me", 1), ("a", 1), ("b", 1), ("long gone", 60));
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(["a", "b", "me"], Alive(sight, ("me", 15), ("a", 15), ("b", 15), ("long gone", 75)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a", "b", "me"], Alive(sight, ("me", 1), ("a", 0.5), ("b", 16)));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["a", "me"], Alive(sight, ("me", 1), ("a", 0.5), ("b", 22)));
    }

    [Fact]
    public void Alive_OfANodeThatStarts_AreThoseWhoseProcessesLive_UntilTheyHadTimeToBeHeardOf()
    {
        var sight = new NodeSight(clock);
        ListedNode[] listed = [new("me", TimeSpan.Zero), new("silent", TimeSpan.FromSeconds(8)), new("ended", TimeSpan.FromSeconds(8), HasEnded: true)];
        Assert.Equal(["me", "silent"], [.. sight.Alive("me", listed).Order(StringComparer.Ordinal)]);
        clock.Advance(NodeSight.Patience);
        Assert.Equal(["me"], [.. sight.Alive("me", listed)]);
    }

    // one that has looked for a while
    private NodeSight Looking(params (string Id, double Silent)[] nodes)
    {
        var sight = new NodeSight(clock);
        Alive(sight, nodes);
        clock.Advance(NodeSight.Patience);
        return sight;
    }

    private static List<string> Alive(NodeSight sight, params (string Id, double Silent)[] nodes) =>
        [.. sight.Alive("me", [.. nodes.Select(n => new ListedNode(n.Id, TimeSpan.FromSeconds(n.Silent)))]).Order(StringComparer.Ordinal)];
}
