using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Model;

public sealed class WorkflowGraphTests
{
    [Fact]
    public void Graph_OfABranch_AnswersPortsAndNeighbours()
    {
        var graph = Graph(Of("trigger>if if:then>a if:else>b a>end b>end b>if trigger>b", Step("end", "end"), Step("b"), Step("a"),
            Step("if", "condition")));

        Assert.True(graph.TryIndex("if", out var branch));
        Assert.Equal((3, "then", 4), (branch, graph.FirstPort(branch), graph.Count));
        Assert.Equal(["if", "b"], Names(graph, graph.Starts));
        Assert.Equal(["a"], Names(graph, graph.Next(branch, null)));
        Assert.Equal(["b"], Names(graph, graph.Next(branch, "else")));
        Assert.Empty(graph.Next(branch, "other"));
        Assert.Equal(["a", "b"], Names(graph, graph.Successors(branch)));
        Assert.Equal(["a", "b"], Names(graph, graph.Predecessors(0)));
        Assert.Equal(["b", "a", "if"], Names(graph, graph.Upstream(0)));
        Assert.True(graph.IsUpstream(branch, branch));
    }

    [Fact]
    public void Graph_OfWrongLinks_LeavesThemOut()
    {
        var graph = Graph(Of("trigger>a a>a a>nowhere nowhere>a a>trigger", Step("a"), Step("a", "wait")));

        Assert.Equal("set", graph.Node(graph.Starts.Single()).Type);
        Assert.Empty(graph.Successors(0));
        Assert.Empty(graph.Predecessors(0));
    }

    [Fact]
    public void Order_OfAnyGraphWithoutLoops_PutsEveryStepAfterThoseUpstream()
    {
        var links = Gen.ListOf(
            from a in Gen.Choose(0, 19) from b in Gen.Choose(0, 19) where a != b select (From: Math.Min(a, b), To: Math.Max(a, b)));

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(links), pairs =>
        {
            // the definition lists the steps backwards, so that its own order is no help
            var graph = Graph(Of("", [.. Enumerable.Range(0, 20).Reverse().Select(i => Step($"s{i}"))]) with
            { Links = [.. pairs.Select(p => new LinkConnection($"s{p.From}", null, $"s{p.To}"))] });
            var places = graph.Order.Select((node, place) => (node, place)).ToDictionary(p => p.node, p => p.place);
            return places.Count == 20 && Enumerable.Range(0, 20).All(i => graph.Upstream(i).All(u => places[u] < places[i])
                && graph.Predecessors(i).All(p => graph.IsUpstream(p, i)));
        }));
    }

    private static WorkflowGraph Graph(WorkflowDefinition definition) => new(definition, Catalog);

    private static IEnumerable<string> Names(WorkflowGraph graph, IEnumerable<int> nodes) => nodes.Select(i => graph.Node(i).Id);
}
