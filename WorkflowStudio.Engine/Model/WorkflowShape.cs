namespace WorkflowStudio.Engine.Model;

/// <summary>How the steps of a workflow hang together, the freest first: what fits in a narrower shape fits in a freer one, too.</summary>
public enum WorkflowShape
{
    /// <summary>Nodes and links as they come.</summary>
    Graph = 0,

    /// <summary>Branches that end, or come together again where they parted; nothing goes round.</summary>
    Nested = 1,

    /// <summary>One step after the other.</summary>
    Chain = 2,
}

/// <summary>Finds out how the steps of a workflow hang together.</summary>
public static class WorkflowShapes
{
    private const string End = "\n"; // no id of a node

    /// <summary>The narrowest shape in which a definition fits.</summary>
    public static WorkflowShape Of(WorkflowDefinition definition) =>
        TryChain(definition, out _) ? WorkflowShape.Chain : IsNested(definition) ? WorkflowShape.Nested : WorkflowShape.Graph;

    /// <summary>
    /// The nodes in the order in which they run. False when the definition is no chain: something branches, joins, goes round, leaves by
    /// a port of its own, or is not reached.
    /// </summary>
    public static bool TryChain(WorkflowDefinition definition, out IReadOnlyList<WorkflowNode> nodes)
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

    // series-parallel: taking out every node with one way in and one way out, again and again, leaves one way from the start to the end
    private static bool IsNested(WorkflowDefinition definition)
    {
        if (definition.Nodes.Any(n => n.Id == End)) return false;
        var ids = definition.Nodes.Select(n => n.Id).Append(WorkflowDefinition.TriggerId).Append(End).ToHashSet();
        if (ids.Count != definition.Nodes.Count + 2) return false;
        var before = ids.ToDictionary(id => id, _ => new HashSet<string>());
        var behind = ids.ToDictionary(id => id, _ => new HashSet<string>());
        foreach (var link in definition.Links)
        {
            if (link.MaxRounds is not null || !ids.Contains(link.From) || !ids.Contains(link.To)) return false;
            Link(link.From, link.To);
        }

        foreach (var id in ids.Where(id => id != End && behind[id].Count == 0)) Link(id, End);
        var left = new Queue<string>(definition.Nodes.Select(n => n.Id));
        while (left.TryDequeue(out var id))
        {
            if (before[id].Count != 1 || behind[id].Count != 1) continue;
            var (one, other) = (before[id].Single(), behind[id].Single());
            if (one == id) return false;
            (before[id], behind[id]) = ([], []);
            behind[one].Remove(id);
            before[other].Remove(id);
            Link(one, other);
            left.Enqueue(one);
            left.Enqueue(other);
        }

        return behind[WorkflowDefinition.TriggerId].SetEquals([End]) && before[End].SetEquals([WorkflowDefinition.TriggerId]);

        void Link(string from, string to)
        {
            behind[from].Add(to);
            before[to].Add(from);
        }
    }
}
