namespace WorkflowStudio.Engine.Model;

/// <summary>
/// A definition made ready for walking: steps by index, links in both directions. Immutable and safe for all threads; made once per
/// version. It takes a definition as it is: links to nothing, into the start or from a step to itself are left out, of steps with the
/// same id the first counts. Indexes are those of <see cref="WorkflowDefinition.Nodes"/>.
/// </summary>
public sealed class WorkflowGraph
{
    private readonly Dictionary<string, int> indexes;
    private readonly Dictionary<(int Node, string Port), int[]> next;
    private readonly string[] firstPorts;
    private readonly int[][] successors;
    private readonly int[][] predecessors;
    private readonly int[] starts;
    private readonly Lazy<IReadOnlyList<int>> order;
    private readonly Lazy<BitSet[]> upstream;
    private readonly Lazy<BitSet> reachable;
    private readonly Lazy<IReadOnlyDictionary<int, BitSet>> bodies;
    private readonly string?[] bodyPorts;

    /// <summary>Compiles a definition. The types tell which port a link without one leaves from.</summary>
    public WorkflowGraph(WorkflowDefinition definition, IStepTypes types)
    {
        Definition = definition;
        var count = definition.Nodes.Count;
        indexes = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++) indexes.TryAdd(definition.Nodes[i].Id, i);
        firstPorts = [.. definition.Nodes.Select(n => types.PortsOf(n) is [var first, ..] ? first : "out")];

        var links = definition.Links.Where(l => l.From != l.To && indexes.ContainsKey(l.To)).ToList();
        var inner = links.Where(l => indexes.ContainsKey(l.From))
            .Select(l => (From: indexes[l.From], Port: l.FromPort, To: indexes[l.To])).ToList();
        starts = [.. links.Where(l => l.From == WorkflowDefinition.TriggerId).Select(l => indexes[l.To]).Distinct()];
        next = inner.GroupBy(l => (l.From, l.Port ?? firstPorts[l.From]))
            .ToDictionary(g => g.Key, g => g.Select(l => l.To).Distinct().ToArray());
        successors = Lists(count, inner.Select(l => (l.From, l.To)));
        predecessors = Lists(count, inner.Select(l => (l.To, l.From)));
        order = new(Sort);
        upstream = new(FindUpstream);
        reachable = new(FindReachable);
        bodyPorts = [.. definition.Nodes.Select(n => types.Find(n.Type)?.BodyPort)];
        bodies = new(FindBodies);
    }

    /// <summary>What was compiled.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The number of steps.</summary>
    public int Count => successors.Length;

    /// <summary>The steps that the start links to.</summary>
    public IReadOnlyList<int> Starts => starts;

    /// <summary>
    /// All steps, each after every step it depends on; where steps depend on each other in a circle, in the order of the definition.
    /// </summary>
    public IReadOnlyList<int> Order => order.Value;

    /// <summary>The step with this index.</summary>
    public WorkflowNode Node(int index) => Definition.Nodes[index];

    /// <summary>Finds a step by its id.</summary>
    public bool TryIndex(string id, out int index) => indexes.TryGetValue(id, out index);

    /// <summary>The port that is taken when none is named.</summary>
    public string FirstPort(int node) => firstPorts[node];

    /// <summary>The steps that follow through one port; null means the first.</summary>
    public IReadOnlyList<int> Next(int node, string? port) =>
        next.TryGetValue((node, port ?? firstPorts[node]), out var steps) ? steps : [];

    /// <summary>The steps that follow through any port, each once.</summary>
    public IReadOnlyList<int> Successors(int node) => successors[node];

    /// <summary>The steps directly before, each once, without the start.</summary>
    public IReadOnlyList<int> Predecessors(int node) => predecessors[node];

    /// <summary>Whether a step can have completed before another is called: a path of links leads from it to the other.</summary>
    public bool IsUpstream(int node, int of) => upstream.Value[of][node];

    /// <summary>All steps upstream of a step, in the order of the definition.</summary>
    public IEnumerable<int> Upstream(int of) => upstream.Value[of].Members();

    /// <summary>Whether a path of links leads from the start to the step.</summary>
    public bool IsReachable(int node) => reachable.Value[node];

    /// <summary>
    /// The steps that run once for each item, by the step whose items they are. A link back to that step only ends the iteration.
    /// </summary>
    internal IReadOnlyDictionary<int, BitSet> Bodies => bodies.Value;

    /// <summary>The port behind which a step runs others for each item; null when it does not.</summary>
    public string? BodyPort(int node) => bodyPorts[node];

    private Dictionary<int, BitSet> FindBodies()
    {
        var found = new Dictionary<int, BitSet>();
        for (var loop = 0; loop < Count; loop++)
        {
            if (bodyPorts[loop] is not { } port) continue;
            var body = new BitSet(Count);
            var open = new Stack<int>(Next(loop, port).Where(s => s != loop && body.Add(s)));
            while (open.TryPop(out var step))
                foreach (var follower in successors[step])
                    if (follower != loop && body.Add(follower)) open.Push(follower);
            found.Add(loop, body);
        }

        return found;
    }

    private List<int> Sort()
    {
        var waiting = Array.ConvertAll(predecessors, p => p.Length);
        var ready = new Queue<int>(Enumerable.Range(0, Count).Where(i => waiting[i] == 0));
        var sorted = new List<int>(Count);
        while (ready.TryDequeue(out var node))
        {
            sorted.Add(node);
            foreach (var follower in successors[node])
            {
                if (--waiting[follower] == 0) ready.Enqueue(follower);
            }
        }
        var placed = sorted.ToHashSet();
        sorted.AddRange(Enumerable.Range(0, Count).Where(i => !placed.Contains(i)));
        return sorted;
    }

    // one pass in order is enough without circles; with them, until nothing changes
    private BitSet[] FindUpstream()
    {
        var sets = Enumerable.Range(0, Count).Select(_ => new BitSet(Count)).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var node in Order)
            {
                foreach (var before in predecessors[node]) changed |= sets[node].Add(before) | sets[node].Add(sets[before]);
            }
        }
        return sets;
    }

    private BitSet FindReachable()
    {
        var found = new BitSet(Count);
        var open = new Stack<int>(starts.Where(found.Add));
        while (open.TryPop(out var node))
        {
            foreach (var follower in successors[node])
            {
                if (found.Add(follower)) open.Push(follower);
            }
        }
        return found;
    }

    private static int[][] Lists(int count, IEnumerable<(int From, int To)> links)
    {
        var lists = new int[count][];
        Array.Fill(lists, []);
        foreach (var group in links.GroupBy(l => l.From, l => l.To)) lists[group.Key] = [.. group.Distinct()];
        return lists;
    }
}
