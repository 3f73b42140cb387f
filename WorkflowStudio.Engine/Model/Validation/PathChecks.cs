namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks what the links make together: loops that never rest, and steps that no run comes to.</summary>
internal sealed class PathChecks(IStepTypes types, WorkflowGraph graph)
{
    private const int MaxNamed = 10;

    public IEnumerable<WorkflowProblem> Problems() => Cycles().Concat(Unreachable());

    // First the circles without a step that waits; then, in what is left, those with one: the engine cannot walk them yet.
    private IEnumerable<WorkflowProblem> Cycles()
    {
        var reported = new HashSet<int>();
        foreach (var cycle in CyclesIn(i => !Rests(graph.Node(i))))
        {
            reported.UnionWith(cycle);
            yield return Restless(cycle);
        }

        foreach (var cycle in CyclesIn(i => types.Find(graph.Node(i).Type) is not null && !reported.Contains(i))) yield return NotYet(cycle);
    }

    // What lies on no circle is peeled off; then any walk comes back to where it was.
    private IEnumerable<List<int>> CyclesIn(Func<int, bool> nodes)
    {
        var left = Enumerable.Range(0, graph.Count).Where(nodes).ToHashSet();
        while (true)
        {
            Peel(left);
            if (left.Count == 0) yield break;
            var cycle = FindCycle(left);
            left.ExceptWith(cycle);
            yield return cycle;
        }
    }

    // a type that is not known is named as such already; a disabled step does not wait
    private bool Rests(WorkflowNode node) => types.Find(node.Type) is not { } shape || (shape.Waits && !node.Disabled);

    private void Peel(HashSet<int> left)
    {
        var open = new Stack<int>(left);
        while (open.TryPop(out var node))
        {
            if (!left.Contains(node) || (graph.Successors(node).Any(left.Contains) && graph.Predecessors(node).Any(left.Contains))) continue;
            left.Remove(node);
            foreach (var neighbour in graph.Successors(node).Concat(graph.Predecessors(node))) open.Push(neighbour);
        }
    }

    private List<int> FindCycle(HashSet<int> left)
    {
        var walk = new List<int>();
        var places = new Dictionary<int, int>();
        var at = left.Min();
        while (places.TryAdd(at, walk.Count))
        {
            walk.Add(at);
            at = graph.Successors(at).First(left.Contains);
        }
        var cycle = walk[places[at]..];
        var first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }

    private WorkflowProblem Restless(List<int> cycle) => WorkflowProblem.Error(
        WorkflowProblemCodes.CycleWithoutWait, JsonPlace.Item("nodes", cycle[0]), graph.Node(cycle[0]).Id,
        $"The steps {Named(cycle)} go round without waiting, so a run would never come to rest. Remove a link, or put a step that waits between them.");

    private WorkflowProblem NotYet(List<int> cycle) => WorkflowProblem.Error(
        WorkflowProblemCodes.LoopNotAvailable, JsonPlace.Item("nodes", cycle[0]), graph.Node(cycle[0]).Id,
        $"The steps {Named(cycle)} go round. Loops are not available yet. Remove a link.");

    private string Named(List<int> cycle)
    {
        var ids = cycle.Take(MaxNamed).Select(i => graph.Node(i).Id).ToList();
        return string.Join(" → ", ids) + (cycle.Count > MaxNamed ? $" → … ({cycle.Count} steps)" : "") + " → " + ids[0];
    }

    private IEnumerable<WorkflowProblem> Unreachable() => Enumerable.Range(0, graph.Count)
        .Where(i => !graph.IsReachable(i) && graph.TryIndex(graph.Node(i).Id, out var first) && first == i)
        .Select(i => WorkflowProblem.Warning(WorkflowProblemCodes.UnreachableNode, JsonPlace.Item("nodes", i), graph.Node(i).Id, $"No path leads from the start to the step {Words.Short(graph.Node(i).Id)}, so it never runs. Link it, or remove it."));
}
