using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>Which nodes one node takes for alive.</summary>
public sealed class NodeSightTests
{
    private readonly NodeSight sight = new();
    private readonly Dictionary<string, long> beats = [];

    [Fact]
    public void Alive_OfListedNodes_AreThoseWhoseSignOfLifeMoves()
    {
        Look(7, "near", "gone");
        Assert.Equal(["gone", "me", "near"], Look(6, "near"));
        Assert.Equal(["me", "near"], Look(1, "near"));
    }

    [Fact]
    public void Alive_OfANodeWhoseProcessHasEnded_WhenItIsSeenTwice()
    {
        Look(7, "a");
        Assert.Equal(["a", "me"], See(1, [], ended: ["a"])); // its connection may have been cut, too
        Assert.Equal(["a", "me"], See(0.1, [], ended: ["a"])); // a node that asked for a look says nothing of another
        Assert.Equal(["me"], See(1, [], ended: ["a"]));
    }

    [Fact]
    public void Alive_OfANodeThatIsHeardOfWithoutItsLock_GoesOn()
    {
        Look(7, "a");
        for (var i = 0; i < 20; i++) Assert.Contains("a", See(1, ["a"], ended: ["a"]));
    }

    [Fact]
    public void Alive_AfterTheDatabaseRestarted_AreThoseWhoseLocksItTook()
    {
        Look(7, "a");
        Assert.Contains("a", See(4, [], ended: ["a"]));
        Assert.Contains("a", See(1, [], ended: ["a"]));
        Assert.Contains("a", See(1, [], ended: ["a"]));
    }

    [Fact]
    public void Alive_AfterTheListWasAway_AreThoseBefore_UntilTheyHadTimeToBeHeardOf()
    {
        Look(7, "a", "b");
        Assert.Equal(["a", "b", "me"], See(15, []));
        Assert.Equal(["a", "b", "me"], Look(4, "a"));
        Assert.Equal(["a", "me"], Look(1, "a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Alive_OfANodeWhoseLooksAreAlwaysLate_LosesWhatIsGone(bool hasEnded)
    {
        Look(7, "a");
        string[] ended = hasEnded ? ["a"] : [];
        for (var i = 0; i < 3; i++) Assert.Contains("a", See(2.5, [], ended));
        Assert.Equal(["me"], See(2.5, [], ended));
    }

    [Fact]
    public void Alive_OfANodeThatStarts_AreThoseWhoseProcessesLive_UntilTheyHadTimeToBeHeardOf()
    {
        beats["silent"] = beats["ended"] = 1;
        Assert.Equal(["me", "silent"], See(0, [], ended: ["ended"]));
        for (var i = 0; i < 6; i++) Assert.Contains("silent", See(1, [], ended: ["ended"]));
        Assert.Equal(["me"], See(1, [], ended: ["ended"]));
    }

    // once a second, so many times
    private List<string> Look(int times, params string[] heardOf)
    {
        for (var i = 1; i < times; i++) See(1, heardOf);
        return See(1, heardOf);
    }

    private List<string> See(double seconds, string[] heardOf, string[]? ended = null)
    {
        foreach (var id in heardOf) beats[id] = beats.GetValueOrDefault(id) + 1;
        ListedNode[] others =
            [.. beats.Select(n => new ListedNode(n.Key, TimeSpan.Zero, HasEnded: ended?.Contains(n.Key) == true, Beat: n.Value))];
        return [.. sight.Alive("me", [new("me", TimeSpan.FromSeconds(seconds)), .. others]).Order(StringComparer.Ordinal)];
    }
}
