using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The links of a definition by steps and ports, without those that only end an iteration; what is a circle has none.</summary>
internal sealed class BlockFlow
{
    private BlockFlow(
        IReadOnlyList<WorkflowNode> nodes, IReadOnlyList<int> starts, List<(string Port, List<int> To)>[] exits, int[] rank) =>
        (Nodes, Starts, Exits, Rank) = (nodes, starts, exits, rank);

    public IReadOnlyList<WorkflowNode> Nodes { get; }

    /// <summary>The steps that follow the trigger.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>The ports of each step from which links leave, in the order of its ports.</summary>
    public List<(string Port, List<int> To)>[] Exits { get; }

    /// <summary>The place of each step in an order in which every link leads on.</summary>
    public int[] Rank { get; }

    /// <summary>The flow; null with the reason, for people.</summary>
    public static BlockFlow? Of(WorkflowDefinition definition, BlockPorts ports, out string why)
    {
        why = "";
        var nodes = definition.Nodes;
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count; i++)
            if (!indexes.TryAdd(nodes[i].Id, i)) why = $"Two of its steps have the id {nodes[i].Id}.";
        foreach (var link in definition.Links)
            if (!indexes.ContainsKey(link.To) || (link.From != WorkflowDefinition.TriggerId && !indexes.ContainsKey(link.From)))
                why = $"It has a link from {link.From} to {link.To}, and one of them is no step.";
        if (why.Length > 0) return null;
        var links = Links(definition, ports).ToList();
        var exits = new List<(string Port, List<int> To)>[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
            exits[i] = [.. links.Where(l => l.From == nodes[i].Id).GroupBy(l => l.Port, l => indexes[l.To])
                .Select(g => (g.Key, g.ToList())).OrderBy(e => ports.Order(nodes[i], e.Key))];
        var starts = links.Where(l => l.From == WorkflowDefinition.TriggerId).Select(l => indexes[l.To]).ToList();
        if (RankOf(exits, out var rank) is { } lost)
        {
            why = $"Its links lead back at the step {nodes[lost].Id}, and blocks only lead on.";
            return null;
        }

        return new BlockFlow(nodes, starts, exits, rank);
    }

    /// <summary>
    /// The links as they are compared: each once, its port by name, without those back to the loop whose iteration they end.
    /// </summary>
    public static IEnumerable<(string From, string Port, string To)> Links(WorkflowDefinition definition, BlockPorts ports)
    {
        var nodes = definition.Nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);
        var all = definition.Links.Select(l => (l.From, Port: PortOf(l), l.To)).Distinct().ToList();
        var followers = all.ToLookup(l => l.From);
        var ends = nodes.Values.Where(n => ports.Body(n) is not null)
            .SelectMany(loop => BodyOf(loop.Id, ports.Body(loop)!).Select(inner => (inner, loop.Id))).ToHashSet();
        return all.Where(l => !ends.Contains((l.From, l.To)));

        string PortOf(LinkConnection link) => link.FromPort
            ?? (nodes.TryGetValue(link.From, out var node) ? ports.First(node) : "out");

        HashSet<string> BodyOf(string loop, string port)
        {
            var body = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>(followers[loop].Where(l => l.Port == port && l.To != loop && body.Add(l.To)).Select(l => l.To));
            while (open.TryPop(out var step))
                foreach (var (_, _, to) in followers[step])
                    if (to != loop && body.Add(to)) open.Push(to);
            return body;
        }
    }

    // a step that comes before itself, or null
    private static int? RankOf(List<(string Port, List<int> To)>[] exits, out int[] rank)
    {
        rank = new int[exits.Length];
        var waiting = new int[exits.Length];
        foreach (var to in exits.SelectMany(e => e).SelectMany(e => e.To)) waiting[to]++;
        var ready = new Queue<int>(Enumerable.Range(0, exits.Length).Where(i => waiting[i] == 0));
        var count = 0;
        while (ready.TryDequeue(out var step))
        {
            rank[step] = count++;
            foreach (var next in exits[step].SelectMany(e => e.To))
                if (--waiting[next] == 0) ready.Enqueue(next);
        }

        return count == exits.Length ? null : Array.FindIndex(waiting, w => w > 0);
    }
}
