using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api;

/// <summary>Steps one after the other, for the dialects that know no links.</summary>
internal static class StepChain
{
    /// <summary>The links from the start through the nodes in their order.</summary>
    public static IReadOnlyList<LinkConnection> Links(IReadOnlyList<WorkflowNode> nodes) =>
        [.. nodes.Select((node, i) => new LinkConnection(i == 0 ? WorkflowDefinition.TriggerId : nodes[i - 1].Id, null, node.Id))];

    /// <summary>
    /// The nodes in the order in which they run. False when the definition is no chain: something branches, joins, goes round, leaves by
    /// a port of its own, or is not reached.
    /// </summary>
    public static bool TryOrder(WorkflowDefinition definition, out IReadOnlyList<WorkflowNode> nodes)
    {
        var ordered = new List<WorkflowNode>(definition.Nodes.Count);
        nodes = ordered;
        if (definition.Links.Count != definition.Nodes.Count) return false;
        var next = new Dictionary<string, LinkConnection>();
        foreach (var link in definition.Links)
            if (link.FromPort is not (null or "out") || link.MaxRounds is not null || !next.TryAdd(link.From, link)) return false;
        var byId = definition.Nodes.GroupBy(n => n.Id).ToDictionary(g => g.Key, g => g.First());
        for (var at = WorkflowDefinition.TriggerId; next.Remove(at, out var link); at = link.To)
        {
            if (!byId.Remove(link.To, out var node)) return false;
            ordered.Add(node);
        }

        return byId.Count == 0 && next.Count == 0;
    }
}
