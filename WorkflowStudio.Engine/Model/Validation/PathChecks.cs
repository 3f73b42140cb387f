namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>
/// Checks what the links make together: steps that go round without rest, for-eachs that are entered from the side, and steps that no run
/// comes to.
/// </summary>
internal sealed class PathChecks(IStepTypes types, WorkflowGraph graph)
{
    private const int MaxNamed = 10;
    private const int MaxDepth = 20;

    public IEnumerable<WorkflowProblem> Problems() => Cycles().Concat(Bodies()).Concat(Unreachable());

    // Going round is fine through a step that waits, or with a bound.
    private IEnumerable<WorkflowProblem> Cycles()
    {
        var (next, before) = Unbounded();
        return CyclesIn(i => !Rests(graph.Node(i)), next, before).Select(Restless);
    }

    // A link back to the for-each ends the iteration: nothing goes round by it.
    private (ILookup<int, int> Next, ILookup<int, int> Before) Unbounded()
    {
        var links = new List<(int From, int To)>();
        foreach (var link in graph.Definition.Links)
        {
            if (link.MaxRounds is not null || !graph.TryIndex(link.From, out var from) || !graph.TryIndex(link.To, out var to)
                || from == to) continue;
            if (!graph.Bodies.TryGetValue(to, out var body) || !body[from]) links.Add((from, to));
        }

        return (links.ToLookup(l => l.From, l => l.To), links.ToLookup(l => l.To, l => l.From));
    }

    // What lies on no circle is peeled off; then any walk comes back to where it was.
    private IEnumerable<List<int>> CyclesIn(Func<int, bool> nodes, ILookup<int, int> next, ILookup<int, int> before)
    {
        var left = Enumerable.Range(0, graph.Count).Where(nodes).ToHashSet();
        while (true)
        {
            Peel(left, next, before);
            if (left.Count == 0) yield break;
            var cycle = FindCycle(left, next);
            left.ExceptWith(cycle);
            yield return cycle;
        }
    }

    private IEnumerable<WorkflowProblem> Bodies()
    {
        foreach (var (loop, body) in graph.Bodies)
        {
            var depth = 1 + graph.Bodies.Count(other => other.Value[loop]);
            if (depth > MaxDepth)
                yield return At(
                    WorkflowProblemCodes.TooDeep, loop, $"The step {graph.Node(loop).Id} lies inside {depth - 1} others that run for each "
                        + $"item; at most {MaxDepth} may lie inside each other. Move the inner ones into a workflow of their own.");
            foreach (var step in body.Members())
                if (Entrance(loop, body, step) is { } from)
                    yield return At(WorkflowProblemCodes.BodyEntered, step, $"The step {graph.Node(step).Id} runs once for each item of "
                        + $"{graph.Node(loop).Id}, but {from} leads to it, too. What comes after all items belongs behind another port of "
                        + $"{graph.Node(loop).Id}.");
        }
    }

    private string? Entrance(int loop, BitSet body, int step)
    {
        if (graph.Starts.Contains(step)) return "the start";
        foreach (var from in graph.Predecessors(step))
            if (from != loop && !body[from]) return graph.Node(from).Id;
        return graph.Definition.Links.FirstOrDefault(l => l.From == graph.Node(loop).Id && l.To == graph.Node(step).Id
            && (l.FromPort ?? graph.FirstPort(loop)) != graph.BodyPort(loop)) is { } side
            ? $"the port {side.FromPort ?? graph.FirstPort(loop)} of {side.From}"
            : null;
    }

    private WorkflowProblem At(string code, int node, string message) =>
        WorkflowProblem.Error(code, JsonPlace.Item("nodes", node), graph.Node(node).Id, message);

    // a type that is not known is named as such already; a disabled step does not wait
    private bool Rests(WorkflowNode node) => types.Find(node.Type) is not { } shape || (shape.Waits && !node.Disabled);

    private static void Peel(HashSet<int> left, ILookup<int, int> next, ILookup<int, int> before)
    {
        var open = new Stack<int>(left);
        while (open.TryPop(out var node))
        {
            if (!left.Contains(node) || (next[node].Any(left.Contains) && before[node].Any(left.Contains))) continue;
            left.Remove(node);
            foreach (var neighbour in next[node].Concat(before[node])) open.Push(neighbour);
        }
    }

    private static List<int> FindCycle(HashSet<int> left, ILookup<int, int> next)
    {
        var walk = new List<int>();
        var places = new Dictionary<int, int>();
        var at = left.Min();
        while (places.TryAdd(at, walk.Count))
        {
            walk.Add(at);
            at = next[at].First(left.Contains);
        }
        var cycle = walk[places[at]..];
        var first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }

    private WorkflowProblem Restless(List<int> cycle) => At(
        WorkflowProblemCodes.CycleWithoutWait, cycle[0],
        $"The steps {Named(cycle)} go round without waiting, so a run would never come to rest. Remove a link, put a step that waits "
        + "between them, or bound one of the links by max_rounds.");

    private string Named(List<int> cycle)
    {
        var ids = cycle.Take(MaxNamed).Select(i => graph.Node(i).Id).ToList();
        return string.Join(" → ", ids) + (cycle.Count > MaxNamed ? $" → … ({cycle.Count} steps)" : "") + " → " + ids[0];
    }

    private IEnumerable<WorkflowProblem> Unreachable() => Enumerable.Range(0, graph.Count)
        .Where(i => !graph.IsReachable(i) && graph.TryIndex(graph.Node(i).Id, out var first) && first == i)
        .Select(i => WorkflowProblem.Warning(WorkflowProblemCodes.UnreachableNode, JsonPlace.Item("nodes", i), graph.Node(i).Id,
            $"No path leads from the start to the step {Words.Short(graph.Node(i).Id)}, so it never runs. Link it, or remove it."));
}
