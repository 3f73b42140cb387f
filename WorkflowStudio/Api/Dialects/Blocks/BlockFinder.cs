using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>
/// Finds the nested steps that mean the links of a definition: the opposite of <see cref="BlockLinks"/>. Ways that part at a step come
/// together at the first step to which all of them lead; some of them may do so before, as a group. A way that ends earlier is closed.
/// What does not nest so (links that cross, or lead back) has no blocks.
/// </summary>
internal sealed class BlockFinder
{
    private const int MaxDepth = 20;
    private const string TooDeep = "Its ways lie more than 20 deep in each other.";
    private const int None = -1;

    private readonly IReadOnlyList<WorkflowNode> nodes;
    private readonly BlockPorts ports;
    private readonly List<(string Port, List<int> To)>[] exits;
    private readonly int[] rank;
    private readonly HashSet<int> placed = [];
    private int depth;
    private string? failure;

    private BlockFinder(BlockFlow flow, BlockPorts ports)
    {
        (nodes, exits, rank) = (flow.Nodes, flow.Exits, flow.Rank);
        this.ports = ports;
    }

    /// <summary>The steps; null with the reason, for people.</summary>
    public static IReadOnlyList<BlockStep>? Find(WorkflowDefinition definition, BlockPorts ports, out string why)
    {
        if (BlockFlow.Of(definition, ports, out why) is not { } flow) return null;
        var finder = new BlockFinder(flow, ports);
        var steps = finder.Sequence(flow.Starts, None);
        var lost = Enumerable.Range(0, flow.Nodes.Count).FirstOrDefault(i => !finder.placed.Contains(i), None);
        if (lost != None) finder.Fail($"No way leads to the step {flow.Nodes[lost].Id}, and blocks have no place for it.");
        why = finder.failure ?? "";
        return finder.failure is null ? steps : null;
    }

    // the steps from these on, up to the one that follows around them; several at once are a fork that links make alone
    private List<BlockStep> Sequence(IReadOnlyList<int> heads, int stop)
    {
        var steps = new List<BlockStep>();
        if (++depth > MaxDepth + 1) Fail(TooDeep);
        while (failure is null && heads.Count > 0 && !(heads.Count == 1 && heads[0] == stop))
        {
            if (heads is [var step])
            {
                if (!placed.Add(step)) Fail(Crossing(step));
                (var found, heads) = Step(step, stop);
                steps.Add(found);
            }
            else
            {
                var (ways, join) = Part([.. heads.Select((h, i) => new Exit($"{i + 1}", [h]))], stop);
                steps.Add(new BlockStep(null, ways, []));
                heads = join == None ? [] : [join];
            }
        }

        depth--;
        return steps;
    }

    private (BlockStep Step, IReadOnlyList<int> Next) Step(int index, int stop)
    {
        var node = nodes[index];
        var body = ports.Body(node);
        var ways = exits[index].Where(e => e.Port == body).Select(e => BlockWay.Of(e.Port, Sequence(e.To, None))).ToList();
        var outward = exits[index].Where(e => e.Port != body).Select(e => new Exit(e.Port, e.To)).ToList();
        if (ports.Through(node, hasWays: false).ToList() is [var only] && outward.TrueForAll(e => e.Port == only))
        {
            List<string> ends = outward.Count == 0 && stop != None ? [only] : [];
            return (new BlockStep(node.Id, ports.Needed(node, ways), ends), outward is [var on] ? on.Heads : []);
        }

        // the failure of an action is a way beside, when it does not come back
        if (!ports.IsBlock(node) && outward.Find(e => e.Port == ports.First(node)) is { Heads: [var next] } main && next != stop
            && outward.TrueForAll(e => e == main || (!Leads(e, next) && !Leads(e, stop))) && Shared(outward, stop).Count == outward.Count)
        {
            ways.AddRange(outward.Where(e => e != main).Select(e => BlockWay.Of(e.Port, Sequence(e.Heads, next))));
            return (new BlockStep(node.Id, ways, []), main.Heads);
        }

        var (found, join) = Part(outward, stop);
        ways.AddRange(found);
        var through = ports.Through(node, ways.Count > 0);
        List<string> closed = join == None && stop == None ? [] : [.. through.Where(p => !outward.Exists(e => e.Port == p))];
        return (new BlockStep(node.Id, ports.Needed(node, ways), closed), join == None ? [] : [join]);
    }

    // the ways from one step up to where they come together; no such place within the steps around them: they end, or at the stop
    private (List<BlockWay> Ways, int Join) Part(IReadOnlyList<Exit> parts, int stop)
    {
        var join = Common(parts, stop);
        var groups = Shared(parts, stop, join);
        if (groups.Count == 1 && parts.Count > 1) Fail(Crossing(First(parts, stop)));
        if (failure is not null) return ([], None);
        var until = join == None ? stop : join;
        return (
            [.. groups.Select(g => g is [var one] ? BlockWay.Of(one.Port, Sequence(one.Heads, until)) : Group(g, until))], join);
    }

    private BlockWay Group(IReadOnlyList<Exit> parts, int stop)
    {
        if (++depth > MaxDepth) Fail(TooDeep);
        var (ways, join) = Part(parts, stop);
        var steps = join == None ? [] : Sequence([join], stop);
        depth--;
        return new BlockWay(null, steps, ways);
    }

    private int Common(IReadOnlyList<Exit> parts, int stop)
    {
        if (parts.Count < 2) return None;
        var sets = parts.Select(p => Reach(p.Heads, stop, None)).ToList();
        return Enumerable.Range(0, nodes.Count).Where(i => sets.TrueForAll(s => s.Contains(i))).OrderBy(i => rank[i]).FirstOrDefault(None);
    }

    // ways that share a step before the join belong together
    private List<List<Exit>> Shared(IReadOnlyList<Exit> parts, int stop, int join = None)
    {
        var groups = new List<(List<Exit> Parts, HashSet<int> Steps)>();
        foreach (var part in parts)
        {
            var steps = Reach(part.Heads, stop, join);
            var together = groups.FindAll(g => g.Steps.Overlaps(steps));
            groups.RemoveAll(together.Contains);
            groups.Add(([.. together.SelectMany(t => t.Parts), part], [.. together.SelectMany(t => t.Steps), .. steps]));
        }

        return [.. groups.Select(g => g.Parts)];
    }

    private bool Leads(Exit part, int to) => to != None && (part.Heads.Contains(to) || Reach(part.Heads, None, None).Contains(to));

    private HashSet<int> Reach(IEnumerable<int> heads, int stop, int join)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>(heads.Where(h => h != stop && h != join && found.Add(h)));
        while (open.TryPop(out var step))
            foreach (var next in exits[step].SelectMany(e => e.To))
                if (next != stop && next != join && found.Add(next)) open.Push(next);
        return found;
    }

    private int First(IReadOnlyList<Exit> parts, int stop)
    {
        var sets = parts.Select(p => Reach(p.Heads, stop, None)).ToList();
        return Enumerable.Range(0, nodes.Count).Where(i => sets.Count(s => s.Contains(i)) > 1).OrderBy(i => rank[i]).First();
    }

    private void Fail(string why) => failure ??= why;

    private string Crossing(int step) =>
        $"Its links cross at the step {nodes[step].Id}: some of the ways that part before it meet there, and others do not.";

    private sealed record Exit(string Port, IReadOnlyList<int> Heads);
}
