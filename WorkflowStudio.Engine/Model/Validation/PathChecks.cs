namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks what the links make together: loops that never rest, and steps that no run comes to.</summary>
internal sealed class PathChecks(IStepTypes types, WorkflowGraph graph)
{
    private const int MaxNamed = 10;

    public IEnumerable<WorkflowProblem> Problems() => Cycles().Concat(Unreachable());

    // Without the steps that wait, no circle may be left. What lies on none is peeled off; then any walk comes back to where it was.
    private IEnumerable<WorkflowProblem> Cycles()
    {
        var left = Enumerable.Range(0, graph.Count).Where(i => !Rests(graph.Node(i))).ToHashSet();
        while (true)
        {
            Peel(left);
            if (left.Count == 0) yield break;
            var cycle = FindCycle(left);
            left.ExceptWith(cycle);
            yield return Problem(cycle);
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

    private WorkflowProblem Problem(List<int> cycle)
    {
        var ids = cycle.Take(MaxNamed).Select(i => graph.Node(i).Id).ToList();
        var named = string.Join(" → ", ids) + (cycle.Count > MaxNamed ? $" → … ({cycle.Count} steps)" : "") + " → " + ids[0];
        return WorkflowProblem.Error(WorkflowProblemCodes.CycleWithoutWait, JsonPlace.Item("nodes", cycle[0]), ids[0], $"The steps {named} go round without waiting, so a run would never come to rest. Remove a link, or put a step that waits between them.");
    }

    private IEnumerable<WorkflowProblem> Unreachable() => Enumerable.Range(0, graph.Count)
        .Where(i => !graph.IsReachable(i) && graph.TryIndex(graph.Node(i).Id, out var first) && first == i)
        .Select(i => WorkflowProblem.Warning(WorkflowProblemCodes.UnreachableNode, JsonPlace.Item("nodes", i), graph.Node(i).Id, $"No path leads from the start to the step {Words.Short(graph.Node(i).Id)}, so it never runs. Link it, or remove it."));
}
