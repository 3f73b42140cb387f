using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The links that nested steps mean: what follows a step hangs on every end of it.</summary>
internal sealed class BlockLinks
{
    private readonly Dictionary<string, WorkflowNode> nodes;
    private readonly BlockPorts ports;
    private readonly List<LinkConnection> links = [];

    private BlockLinks(IEnumerable<WorkflowNode> nodes, BlockPorts ports)
    {
        this.nodes = nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);
        this.ports = ports;
    }

    /// <summary>The links; null when the steps are not those of the nodes, each once.</summary>
    public static IReadOnlyList<LinkConnection>? Of(IReadOnlyList<BlockStep> steps, IReadOnlyList<WorkflowNode> nodes, BlockPorts ports)
    {
        if (nodes.DistinctBy(n => n.Id).Count() != nodes.Count
            || !Ids(steps).Order(StringComparer.Ordinal).SequenceEqual(nodes.Select(n => n.Id).Order(StringComparer.Ordinal))) return null;
        var made = new BlockLinks(nodes, ports);
        made.Sequence(steps, [new End(WorkflowDefinition.TriggerId, null)]);
        return made.links;
    }

    private static IEnumerable<string> Ids(IReadOnlyList<BlockStep> steps) =>
        steps.SelectMany(s => (s.Id is { } id ? [id] : Enumerable.Empty<string>()).Concat(s.Ways.SelectMany(Ids)));

    private static IEnumerable<string> Ids(BlockWay way) => way.Group.SelectMany(Ids).Concat(Ids(way.Steps));

    private IReadOnlyList<End> Sequence(IReadOnlyList<BlockStep> steps, IReadOnlyList<End> ends)
    {
        foreach (var step in steps) ends = Step(step, ends);
        return ends;
    }

    private IReadOnlyList<End> Step(BlockStep step, IReadOnlyList<End> ends)
    {
        if (step.Id is null) return [.. step.Ways.SelectMany(w => Way(step, w, _ => ends)).Distinct()];
        links.AddRange(ends.Select(e => new LinkConnection(e.From, e.Port, step.Id)));
        var node = nodes[step.Id];
        var taken = new HashSet<string>(step.Closed, StringComparer.Ordinal);
        var found = new List<End>();
        foreach (var way in step.Ways)
        {
            var inner = Way(step, way, port => taken.Add(port) || step.Closed.Contains(port) ? [Exit(node, port)] : []);
            if (way.Port is null || way.Port != ports.Body(node)) found.AddRange(inner);
        }

        found.AddRange(ports.Through(node, step.Ways.Count > 0).Where(p => !taken.Contains(p)).Select(p => Exit(node, p)));
        return [.. found.Distinct()];
    }

    private IReadOnlyList<End> Way(BlockStep step, BlockWay way, Func<string, IReadOnlyList<End>> begin)
    {
        var ends = Sequence(way.Steps, way.Port is { } port ? begin(port) : [.. way.Group.SelectMany(w => Way(step, w, begin)).Distinct()]);
        return way.Port is { } named && step.Closed.Contains(named) ? [] : ends;
    }

    // an action has one way on, which needs no name
    private End Exit(WorkflowNode node, string port) => new(node.Id, !ports.IsBlock(node) && port == ports.First(node) ? null : port);

    private readonly record struct End(string From, string? Port);
}
