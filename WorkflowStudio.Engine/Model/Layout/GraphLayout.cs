namespace WorkflowStudio.Engine.Model.Layout;

/// <summary>
/// Lays a workflow out from left to right: one column per step on the longest way, the happy path (first port, first link) straight on
/// top, every branch on a row of its own below it. What is wider than a window goes on below, as a line of text does. Pure, deterministic
/// and without recursion; 500 steps take milliseconds.
/// </summary>
public static class GraphLayout
{
    /// <summary>Places for the start (id <c>trigger</c>, at 0, 0) and every step, in the order of the definition.</summary>
    public static IReadOnlyList<NodePlace> Arrange(WorkflowDefinition definition, IStepTypes types)
    {
        var graph = new LayeredGraph(definition, types);
        var lanes = new LaneRows(graph);
        var rows = lanes.Find();
        var folded = new FoldedRows(graph, lanes);
        return [.. Enumerable.Range(0, graph.Count).Select(v =>
        {
            var (x, y) = folded.PlaceOf(graph.Columns[v], rows[v]);
            return new NodePlace(v == 0 ? WorkflowDefinition.TriggerId : definition.Nodes[v - 1].Id, x, y);
        })];
    }

    /// <summary>
    /// Keeps the places that are known and finds one for everything else: right of a step before it, or left of one after it, where nothing
    /// overlaps. Places of steps that do not exist are dropped. Without any place this is <see cref="Arrange"/>.
    /// </summary>
    public static IReadOnlyList<NodePlace> Complete(WorkflowDefinition definition, IReadOnlyList<NodePlace> known, IStepTypes types)
    {
        string[] ids = [WorkflowDefinition.TriggerId, .. definition.Nodes.Select(n => n.Id).Distinct()];
        var places = new Dictionary<string, NodePlace>(StringComparer.Ordinal);
        foreach (var place in known.Where(p => ids.Contains(p.Id))) places.TryAdd(place.Id, place);
        if (places.Count == 0) return Arrange(definition, types);
        if (places.Count == ids.Length) return [.. ids.Select(id => places[id])];

        var arranged = Arrange(definition, types);
        var outputs = definition.Nodes.DistinctBy(n => n.Id)
            .ToDictionary(n => n.Id, n => types.PortsOf(n) is { Count: > 0 } ports ? ports.Count : 1);
        foreach (var wanted in arranged.OrderBy(p => p.X).ThenBy(p => p.Y))
        {
            if (places.ContainsKey(wanted.Id)) continue;
            var (x, y) = Beside(wanted.Id, definition, places);
            var boxes = places.Values.Select(p => new LayoutBox(p.X, p.Y, LayoutGrid.HeightOf(outputs.GetValueOrDefault(p.Id, 1))));
            (x, y) = LayoutGrid.FreePlace(boxes, x, y, LayoutGrid.HeightOf(outputs.GetValueOrDefault(wanted.Id, 1)));
            places[wanted.Id] = new NodePlace(wanted.Id, x, y);
        }
        return [.. ids.Select(id => places[id])];
    }

    private static (double X, double Y) Beside(string id, WorkflowDefinition definition, Dictionary<string, NodePlace> places)
    {
        var before = definition.Links.Where(l => l.To == id && l.From != id).Select(l => places.GetValueOrDefault(l.From))
            .FirstOrDefault(p => p is not null);
        if (before is not null) return (before.X + LayoutGrid.Step, before.Y);
        var after = definition.Links.Where(l => l.From == id && l.To != id).Select(l => places.GetValueOrDefault(l.To))
            .FirstOrDefault(p => p is not null);
        if (after is not null) return (after.X - LayoutGrid.Step, after.Y);
        return (places.Values.Min(p => p.X), places.Values.Max(p => p.Y) + LayoutGrid.Row);
    }
}
