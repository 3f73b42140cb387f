using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Validation;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Model;

public sealed class StepPathsTests
{
    private static readonly NodeCatalog Types = new(
        [new SetNode(), new FakeNode("condition", ["then", "else"]), new RaceNode(), new EachNode(), new ParallelNode()]);

    [Theory]
    [InlineData("trigger>a a>m", "a", null)]
    [InlineData("trigger>c c:then>a c:else>b a>m b>m", "a", "on the path through else of c it does not run")]
    [InlineData("trigger>c c:then>a c:else>b a>m b>m", "c", null)]
    [InlineData("trigger>c c:then>a a>m c:else>m", "a", "on the path through else of c it does not run")]
    [InlineData("trigger>c c:then>a a>m", "a", null)]
    [InlineData("trigger>a trigger>b a>m b>m", "b", null)]
    [InlineData("trigger>c trigger>b c:then>a c:else>d a>m d>m b>m", "b", null)]
    [InlineData("trigger>c trigger>b c:then>a c:else>d a>m d>m b>m", "c", null)]
    [InlineData("trigger>c trigger>b c:then>a c:else>d a>m d>m b>m", "a", "on the path through else of c it does not run")]
    [InlineData("trigger>c c:then>a c:then>b a>d b>d d>m", "b", null)]
    [InlineData("trigger>c c:then>a c:else>a a>m", "a", null)]
    [InlineData("trigger>a trigger>b a>race b>race race>m", "a", "this step need not wait for it")]
    [InlineData("trigger>d d>a d>b a>race b>race race>m", "d", null)]
    [InlineData("trigger>c c:then>a c:else>b a>race b>race race>m", "c", null)]
    public void Sight_OfAStepBefore_KnowsWhetherItHasRun(string links, string step, string? gap)
    {
        var sight = Sight(links, n => n);

        Assert.Equal(gap is null ? StepStanding.Sure : StepStanding.Maybe, sight.StandingOf(step));
        if (gap is not null) Assert.Equal(gap, sight.Gap(step));
    }

    [Theory]
    [InlineData("trigger>c c:then>a c:else>b a>m b>m", "a")]
    [InlineData("trigger>c c:then>a c:else>m a>m", "a")]
    public void Sight_BehindAStepThatTakesEveryPort_IsSure(string links, string step)
    {
        var sight = Sight(
            links, n => n.Id == "c" ? n with { Type = "parallel", Config = JsonElement.Parse("""{"branches":["then","else"]}""") } : n);

        Assert.Equal(StepStanding.Sure, sight.StandingOf(step));
    }

    [Theory]
    [InlineData(OnError.Fail, "trigger>a a>m", null)]
    [InlineData(OnError.Continue, "trigger>a a>m", "when it fails, the run goes on without its output")]
    [InlineData(OnError.Port, "trigger>a a>m", null)]
    [InlineData(OnError.Port, "trigger>a a:error>m", "on the path through error of a it has failed")]
    public void Sight_OfAStepThatMayFail_KnowsWhetherItHasAnOutput(OnError onError, string links, string? gap)
    {
        var sight = Sight(links, n => n.Id == "a" ? n with { OnError = onError } : n);

        Assert.Equal(
            (gap is null ? StepStanding.Sure : StepStanding.Maybe, gap), (sight.StandingOf("a"), gap is null ? null : sight.Gap("a")));
    }

    [Theory]
    [InlineData("b", "{{ $item.x }} {{ $index + 1 }} {{ $node.each.item }} {{ $node.a.y }} {{ $node.before.z }}", null)]
    [InlineData("b", "{{ $node.each.count }}", "unknown_output")]
    [InlineData("after", "{{ $item }}", "unknown_value")]
    [InlineData("after", "{{ $node.a.y ?? 1 }}", "not_upstream_reference")]
    [InlineData("after", "{{ $node.each.count }} {{ $node.before.z }}", null)]
    public void Validate_AroundALoop_KnowsWhatIsInside(string step, string text, string? code)
    {
        var own = JsonSerializer.Serialize(new { values = new { x = text } });
        var definition = Of("trigger>before before>each each:body>a a>b b>each each:done>after",
            Step("before", "set", """{"values":{"z":1}}"""), Step("each", "each", "{}"), Step("a", "set", """{"values":{"y":1}}"""),
            Step("b", "set", step == "b" ? own : """{"values":{}}"""), Step("after", "set", step == "after" ? own : """{"values":{}}"""));

        Assert.Equal(code is null ? [] : [code], new WorkflowValidator(Types).Validate(definition).Select(p => p.Code));
    }

    [Theory]
    [InlineData("{{ $node.a.x }}", "{{ $node.a.x ?? 0 }}")]
    [InlineData("{{ $node.a.x ?? 1 }}", null)]
    [InlineData("{{ $node.a?.x }}", null)]
    [InlineData("{{ exists($node.a.x) ? $node.a.x : 0 }}", null)]
    [InlineData("{{ exists($node.a.x) and $node.a.x > 1 }}", null)]
    [InlineData("{{ $node.a.x | default(3) }}", null)]
    [InlineData("{{ is_empty(a.output.x) }}", null)]
    [InlineData("{{ true ? 1 : $node.a.x }}", "{{ true ? 1 : $node.a.x ?? 0 }}")]
    public void Validate_AStepThatMayBeMissing_WarnsUnlessADefaultIsGiven(string text, string? corrected)
    {
        var definition = Of("trigger>c c:then>a a>m c:else>m", Step("c", "condition"), Step("a", "set", """{"values":{"x":1}}"""),
            Step("m", "set", JsonSerializer.Serialize(new { values = new { y = text } })));

        var problems = new WorkflowValidator(Types).Validate(definition);

        Assert.Equal(corrected is null ? [] : [("maybe_missing", "$node.a.x may be missing: on the path through else of c it does not run. "
            + "Give a default with ??.", corrected)], problems.Select(p => (p.Code, p.Message, p.Fix?.Apply(text) ?? "")));
    }

    [Fact]
    public void Paths_OfAnyGraph_CallNothingSureThatARunCanMiss()
    {
        const int Size = 8;
        var graphs = from types in Gen.ArrayOf(Gen.Elements("set", "condition", "race"), Size)
                     from links in Gen.ListOf(from to in Gen.Choose(0, Size - 1)
                                              from gap in Gen.Choose(1, Size)
                                              from isElse in Gen.Elements(true, false)
                                              select (From: to - gap, To: to, isElse))
                     select (types, links);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(graphs), graph =>
        {
            var nodes = graph.types.Select((t, i) => Step($"s{i}", t)).ToArray();
            var links = graph.links.Select(l => l.From < 0 ? new LinkConnection("trigger", null, $"s{l.To}") : new LinkConnection(
                $"s{l.From}", graph.types[l.From] == "condition" && l.isElse ? "else" : null, $"s{l.To}")).Distinct().ToList();
            var definition = WorkflowDefinition.Empty with { Nodes = nodes, Links = links };
            var compiled = new WorkflowGraph(definition, Types);
            var paths = new StepPaths(compiled, Types);
            return Enumerable.Range(0, 1 << Size).All(choice => Run(definition, compiled, choice) is var done
                && Enumerable.Range(0, Size).All(m => done[m] is not { } before
                    || Enumerable.Range(0, Size).All(s => !compiled.IsUpstream(s, m) || !paths.IsSure(s, m) || before.Contains(s))));
        }));
    }

    // walks one run: what had surely completed when each step began; null for a step that did not run
    private static HashSet<int>?[] Run(WorkflowDefinition definition, WorkflowGraph graph, int choice)
    {
        var done = new HashSet<int>?[graph.Count];
        for (var m = 0; m < graph.Count; m++) // links lead to higher numbers
        {
            var all = definition.Links.Where(l => l.To == $"s{m}").ToList();
            var live = all.Where(l => l.From == "trigger" || (graph.TryIndex(l.From, out var p) && done[p] is not null
                && (definition.Nodes[p].Type != "condition" || ((l.FromPort == "else") == ((choice >> p & 1) == 1))))).ToList();
            if (live.Count == 0) continue;
            if (definition.Nodes[m].Type == "race" && all.Count > 1)
            {
                // the first live link is enough: only what lies before every live one has surely completed
                done[m] = live.Select(l => Before(l, graph, done)).Aggregate((a, b) => [.. a.Intersect(b)]);
            }
            else done[m] = [.. all.SelectMany(l => Settled(l, definition, graph, done))];
        }
        return done;
    }

    private static HashSet<int> Before(LinkConnection link, WorkflowGraph graph, HashSet<int>?[] done) =>
        graph.TryIndex(link.From, out var from) && done[from] is { } before ? [.. before, from] : [];

    // a dead link is settled too: then what its source waited for is over, if it ran
    private static IEnumerable<int> Settled(LinkConnection link, WorkflowDefinition definition, WorkflowGraph graph, HashSet<int>?[] done)
    {
        if (!graph.TryIndex(link.From, out var from)) return [];
        if (done[from] is { } before) return [.. before, from];
        return definition.Links.Where(l => l.To == link.From).SelectMany(l => Settled(l, definition, graph, done));
    }

    private static StepSight Sight(string links, Func<WorkflowNode, WorkflowNode> change)
    {
        var definition = Of(
            links, [.. new[] { Step("a"), Step("b"), Step("c", "condition"), Step("d"), Step("race", "race"), Step("m") }.Select(change)]);
        return StepSight.Of(definition, Types, "m")!;
    }

    [Step("race", "Race", NodeGroup.Flow, "circle", HandsOn = true, Does = "Goes on with the first.", Example = "{}")]
    private sealed class RaceNode : NodeType
    {
        public override NodeSchema Settings => NodeSchema.None;

        public override NodeSchema Output => NodeSchema.None;

        public override NodeShape Shape(JsonElement config) => Usual with { Quorum = 1 };

        public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    [Step("each", "Each", NodeGroup.Flow, "circle", HandsOn = true, Ports = ["body", "done"], Does = "Runs others for each item.",
        Example = "{}")]
    private sealed class EachNode : NodeType
    {
        public override NodeShape Shape(JsonElement config) => Usual with { BodyPort = "body" };

        public override NodeSchema Settings => NodeSchema.None;

        public override NodeSchema Output { get; } = new([new SchemaField { Name = "items", Title = "Items", Kind = FieldKind.List },
            new SchemaField { Name = "count", Title = "Count", Kind = FieldKind.Integer }]);

        public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
