using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Layout;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Model.Layout;

public sealed class GraphLayoutTests
{
    private static readonly NodeCatalog Types = new([new SetNode(), new ReminderNode()]);

    [Fact]
    public void Arrange_AChain_IsAStraightRow()
    {
        var places = GraphLayout.Arrange(Flow("trigger>a a>b b>c"), Types);

        Assert.Equal([new NodePlace("trigger", 0, 0), new("a", 224, 0), new("b", 448, 0), new("c", 672, 0)], places);
    }

    [Fact]
    public void Arrange_Branches_KeepTheFirstPortOnTopAndTheOtherBelow()
    {
        // r is a step with two outputs: the second port's follower d comes first in the links and still lies below
        var places = ById(GraphLayout.Arrange(Flow("trigger>r r.refused>d r.sent>b b>c d>c"), Types));

        Assert.Equal((448d, 0d), places["b"]);
        Assert.Equal((448d, 128d), places["d"]);
        Assert.Equal((672d, 0d), places["c"]);
    }

    [Fact]
    public void Arrange_ALinkOverSeveralColumns_LeavesItsRowFree()
    {
        var places = ById(GraphLayout.Arrange(Flow("trigger>a a>b b>c c>d a>e e>d b>f"), Types));

        Assert.NotEqual(places["e"].Y, places["f"].Y); // e's link to d runs through its row up to d
        AssertReadable(Flow("trigger>a a>b b>c c>d a>e e>d b>f"));
    }

    [Fact]
    public void Arrange_ACircle_EndsAndDrawsOnlyTheClosingLinkBackwards()
    {
        var places = ById(GraphLayout.Arrange(Flow("trigger>a a>b b>c c>a"), Types));

        Assert.Equal([(224d, 0d), (448d, 0d), (672d, 0d)], [places["a"], places["b"], places["c"]]);
    }

    [Fact]
    public void Arrange_StepsThatNothingLeadsTo_LieBelowEverythingElse()
    {
        var places = ById(GraphLayout.Arrange(Flow("trigger>a a>b x>y"), Types));

        Assert.Equal((224d, 128d), places["x"]);
        Assert.Equal((448d, 128d), places["y"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Arrange_ManySteps_OverlapsNothingAndPointsRightOrDown(int seed) => AssertReadable(Made(500, seed));

    [Fact]
    public void Arrange_AChainOfForty_GoesOnBelowLikeText()
    {
        var places = GraphLayout.Arrange(Flow(Chain(40)), Types);

        Assert.Equal(6 * 224d, places.Max(p => p.X));
        Assert.Equal([7, 7, 7, 7, 7, 5], places.GroupBy(p => p.Y).OrderBy(r => r.Key).Select(r => r.Count()));
        Assert.Equal([0d, 160, 320, 480, 640, 800], places.Select(p => p.Y).Distinct().Order());
    }

    [Fact]
    public void Arrange_AChainThatGrows_MovesNoneOfItsSteps()
    {
        var before = GraphLayout.Arrange(Flow(Chain(20)), Types);

        Assert.Equal(before, GraphLayout.Arrange(Flow(Chain(24)), Types).Take(before.Count));
    }

    [Fact]
    public void Arrange_BranchesAtTheEdge_GoOnBelowTogether()
    {
        // the row ends before r and not after the seventh column, where the branches g and h would be parted
        var places = ById(GraphLayout.Arrange(Flow("trigger>a a>b b>c c>d d>r r.sent>g r.refused>h g>i h>i i>j"), Types));

        Assert.Equal(0, places["r"].X);
        Assert.Equal((224d, 224d, 448d), (places["g"].X, places["h"].X, places["i"].X));
        Assert.True(places["h"].Y > places["g"].Y && places["g"].Y > places["d"].Y);
    }

    [Fact]
    public void Arrange_ManyLinksGoOnBelow_LeavesRoomForTheirLanes()
    {
        var many = string.Join(
            ' ', Enumerable.Range(0, 12).Select(i => $"a>m{i} m{i}>n{i} n{i}>o{i} o{i}>p{i} p{i}>q{i} q{i}>s{i} s{i}>t{i}"));
        var places = ById(GraphLayout.Arrange(Flow($"trigger>a {many}"), Types));
        var above = places.Where(p => p.Value.Y < places["s0"].Y).Max(p => p.Value.Y + 80);

        Assert.True(places["s0"].Y - above >= 12 * 8 + 32);
    }

    [Fact]
    public void Arrange_Twice_IsTheSame()
    {
        var flow = Made(200, 4);

        Assert.Equal(GraphLayout.Arrange(flow, Types), GraphLayout.Arrange(flow, Types));
    }

    [Fact]
    public void Arrange_AStepMoreAtTheEnd_MovesNoOther()
    {
        var before = GraphLayout.Arrange(Flow("trigger>a a>b a>c b>d"), Types);
        var after = GraphLayout.Arrange(Flow("trigger>a a>b a>c b>d d>e"), Types);

        Assert.Equal(before, after.Take(before.Count));
    }

    [Fact]
    public void Complete_PartOfThePlaces_KeepsThemAndPutsTheRestBeside()
    {
        NodePlace[] known = [new("trigger", 16, 32), new("b", 500, 300), new("gone", 1, 1)];

        var places = GraphLayout.Complete(Flow("trigger>a a>b b>c"), known, Types);

        Assert.Equal([new NodePlace("trigger", 16, 32), new("a", 240, 32), new("b", 500, 300), new("c", 720, 304)], places);
    }

    [Fact]
    public void Complete_ThePlaceBesideIsTaken_MovesBelow()
    {
        NodePlace[] known = [new("trigger", 0, 0), new("a", 224, 0)];

        var places = ById(GraphLayout.Complete(Flow("trigger>a trigger>b"), known, Types));

        Assert.Equal((224d, 112d), places["b"]);
    }

    private static string Chain(int steps) =>
        "trigger>n1 " + string.Join(' ', Enumerable.Range(1, steps - 2).Select(i => $"n{i}>n{i + 1}"));

    private static void AssertReadable(WorkflowDefinition flow)
    {
        var places = ById(GraphLayout.Arrange(flow, Types));
        Assert.Equal(flow.Nodes.Count + 1, places.Count);
        foreach (var link in flow.Links)
            Assert.True(places[link.From].X < places[link.To].X || places[link.From].Y < places[link.To].Y, $"{link} points back");
        var boxes = places.Select(p => (p.Value.X, Top: p.Value.Y,
            Bottom: p.Value.Y + LayoutGrid.HeightOf(Types.Find(flow.Node(p.Key)?.Type ?? "")?.Outputs.Count ?? 1)));
        foreach (var column in boxes.GroupBy(b => b.X))
        {
            var ordered = column.OrderBy(b => b.Top).ToList();
            for (var i = 1; i < ordered.Count; i++)
                Assert.True(ordered[i].Top >= ordered[i - 1].Bottom + 32, $"steps overlap at {ordered[i]}");
        }
    }

    private static Dictionary<string, (double X, double Y)> ById(IReadOnlyList<NodePlace> places) =>
        places.ToDictionary(p => p.Id, p => (p.X, p.Y));

    // every step hangs on an earlier one, some on two
    private static WorkflowDefinition Made(int count, int seed)
    {
        var state = seed;
        int Next(int below) => Math.Abs(state = unchecked((state * 1_103_515_245) + 12_345)) / 65_536 % below;
        var links = new List<LinkConnection> { new("trigger", null, "n0") };
        for (var i = 1; i < count; i++)
        {
            links.Add(new LinkConnection($"n{Math.Max(0, i - 1 - Next(4))}", null, $"n{i}"));
            if (Next(5) == 0) links.Add(new LinkConnection($"n{Next(i)}", null, $"n{i}"));
        }
        return new WorkflowDefinition
        {
            Trigger = new WorkflowTrigger { Type = "manual" },
            Nodes = [.. Enumerable.Range(0, count).Select(i => new WorkflowNode { Id = $"n{i}", Type = i % 7 == 0 ? "reminder" : "set" })],
            Links = [.. links.Distinct()],
        };
    }

    private static WorkflowDefinition Flow(string links)
    {
        var parsed = links.Split(' ').Select(l => l.Split('>')).Select(l => (From: l[0].Split('.'), To: l[1]))
            .Select(l => new LinkConnection(l.From[0], l.From.ElementAtOrDefault(1), l.To)).ToList();
        var ids = parsed.SelectMany(l => new[] { l.From, l.To }).Where(id => id != "trigger").Distinct();
        return new WorkflowDefinition
        {
            Trigger = new WorkflowTrigger { Type = "manual" },
            Nodes = [.. ids.Select(id => new WorkflowNode { Id = id, Type = id == "r" ? "reminder" : "set" })],
            Links = parsed,
        };
    }
}
