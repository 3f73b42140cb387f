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
        var sight = new NodeSight(clock);
        Assert.Equal(["me", "near"], Alive(sight, ("me", 1), ("near", 5.9), ("gone", 6.1)));
        Assert.Equal(["me"], [.. sight.Alive("me", [new("me", TimeSpan.Zero), new("near", TimeSpan.FromSeconds(2), HasEnded: true)]).Order()]);
    }

    [Fact]
    public void Alive_AfterTheListWasAway_AreThoseBefore_UntilTheyHadTimeToBeHeardOf()
    {
        var sight = new NodeSight(clock);
        Alive(sight, ("me", 1), ("a", 1), ("b", 1), ("long gone", 60));
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(["a", "b", "me"], Alive(sight, ("me", 15), ("a", 15), ("b", 15), ("long gone", 75)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a", "b", "me"], Alive(sight, ("me", 1), ("a", 0.5), ("b", 16)));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["a", "me"], Alive(sight, ("me", 1), ("a", 0.5), ("b", 22)));
    }

    [Fact]
    public void Alive_OfANodeThatStarts_SparesNobody() =>
        Assert.Equal(["me"], Alive(new NodeSight(clock), ("me", 0), ("old", 8)));

    private static List<string> Alive(NodeSight sight, params (string Id, double Silent)[] nodes) =>
        [.. sight.Alive("me", [.. nodes.Select(n => new ListedNode(n.Id, TimeSpan.FromSeconds(n.Silent)))]).Order(StringComparer.Ordinal)];
}
