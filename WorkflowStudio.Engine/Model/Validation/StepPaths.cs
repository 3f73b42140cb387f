namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>
/// Which steps have surely completed before another is called, whatever ports are taken. A step begins when all its arriving links are
/// settled, or enough of them (<see cref="IStepTypes.QuorumOf"/>); of several ports one is taken. Computed once, with bit sets.
/// </summary>
internal sealed class StepPaths
{
    private const int Trigger = -1;

    private readonly WorkflowGraph graph;
    private readonly IReadOnlyList<string>[] ports;
    private readonly bool[] everyPort;
    private readonly int?[] quorums;
    private readonly List<(int From, string Port)>[] arriving;
    private readonly BitSet[] ahead; // what runs too when the step runs, whichever port it takes
    private readonly BitSet[] sure; // what runs too whenever the step runs
    private readonly BitSet[] waited; // what the step waits for, if it runs

    public StepPaths(WorkflowGraph graph, IStepTypes types)
    {
        this.graph = graph;
        ports = [.. graph.Definition.Nodes.Select(n => Ports(types, n))];
        everyPort = [.. graph.Definition.Nodes.Select(n => types.Find(n.Type) is { EveryPort: true } && !n.Disabled)];
        quorums = [.. graph.Definition.Nodes.Select(types.QuorumOf)];
        arriving = Arriving();
        ahead = Ahead();
        sure = Sure();
        waited = Waited();
    }

    /// <summary>Whether a step has completed, or was passed through, whenever another is called.</summary>
    public bool IsSure(int step, int of) => sure[of][step] && waited[of][step];

    /// <summary>
    /// The port that leads past a step: of the nearest choice before it, one behind which the step does not lie; null when there is none.
    /// </summary>
    public (int Node, string Port)? Past(int step)
    {
        foreach (var choice in graph.Order.Reverse().Where(i => ports[i].Count > 1 && graph.IsUpstream(i, step)))
        {
            if (ports[choice].FirstOrDefault(
                p => Followers(choice, p).All(next => next != step && !graph.IsUpstream(next, step))) is { } port) return (choice, port);
        }
        return null;
    }

    private static IReadOnlyList<string> Ports(IStepTypes types, WorkflowNode node)
    {
        var body = types.Find(node.Type)?.BodyPort; // behind it lies another life: the rest does not wait for a choice
        var all = types.PortsOf(node);
        var onward = body is null ? all : [.. all.Where(p => p != body)];
        return node.Disabled ? [.. onward.Take(1)] : onward;
    }

    private IEnumerable<int> Followers(int node, string port) => everyPort[node] ? graph.Successors(node) : graph.Next(node, port);

    private List<(int, string)>[] Arriving()
    {
        var links = graph.Definition.Nodes.Select(_ => new List<(int, string)>()).ToArray();
        foreach (var link in graph.Definition.Links)
        {
            if (link.From == link.To || !graph.TryIndex(link.To, out var to)) continue;
            if (link.From == WorkflowDefinition.TriggerId) links[to].Add((Trigger, "out"));
            else if (graph.TryIndex(link.From, out var from)) links[to].Add((from, link.FromPort ?? graph.FirstPort(from)));
        }
        return links;
    }

    private BitSet[] Ahead()
    {
        var found = Sets();
        foreach (var node in graph.Order.Reverse())
        {
            if (ports[node].Count == 0) continue;
            var common = new BitSet(graph.Count).Fill();
            foreach (var port in ports[node]) common.Keep(Behind(Followers(node, port), found));
            found[node].Add(common);
        }
        return found;
    }

    private BitSet Behind(IEnumerable<int> steps, BitSet[] found)
    {
        var behind = new BitSet(graph.Count);
        foreach (var step in steps.Where(s => quorums[s] is null or <= 1))
        {
            behind.Add(step);
            behind.Add(found[step]);
        }
        return behind;
    }

    private BitSet[] Sure()
    {
        var found = graph.Definition.Nodes.Select(_ => new BitSet(graph.Count).Fill()).ToArray();
        var behindPorts = new Dictionary<(int, string), BitSet>();
        var behindStart = Behind(graph.Starts, ahead);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var node in graph.Order)
            {
                if (arriving[node].Count == 0) changed |= found[node].Keep(new BitSet(graph.Count));
                foreach (var (from, port) in arriving[node])
                {
                    var through = new BitSet(graph.Count);
                    if (from == Trigger) through.Add(behindStart);
                    else
                    {
                        if (!behindPorts.TryGetValue((from, port), out var behind))
                            behindPorts[(from, port)] = behind = Behind(Followers(from, port), ahead);
                        through.Add(from);
                        through.Add(behind);
                        through.Add(found[from]);
                    }
                    changed |= found[node].Keep(through);
                }
            }
        }
        return found;
    }

    private BitSet[] Waited()
    {
        var found = Sets();
        for (var (changed, round) = (true, 0); changed && round <= graph.Count; round++)
        {
            changed = false;
            foreach (var node in graph.Order)
            {
                var isRace = quorums[node] is { } quorum && quorum < arriving[node].Count;
                var all = isRace ? new BitSet(graph.Count).Fill() : new BitSet(graph.Count);
                foreach (var (from, _) in arriving[node])
                {
                    var one = new BitSet(graph.Count);
                    if (from != Trigger)
                    {
                        one.Add(from);
                        one.Add(found[from]);
                    }
                    _ = isRace ? all.Keep(one) : all.Add(one);
                }
                changed |= found[node].Add(all);
            }
        }
        return found;
    }

    private BitSet[] Sets() => [.. graph.Definition.Nodes.Select(_ => new BitSet(graph.Count))];
}
