namespace WorkflowStudio.Engine.Model.Layout;

/// <summary>
/// A definition as columns: every step stands right of all steps that lead to it. Vertex 0 is the start, vertex i + 1 the step i. Links
/// that close a circle are left out; followers are in the order of the ports, then of the links, so the first is the happy path.
/// </summary>
internal sealed class LayeredGraph
{
    private readonly int[][] followers;

    public LayeredGraph(WorkflowDefinition definition, IStepTypes types)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal) { [WorkflowDefinition.TriggerId] = 0 };
        for (var i = 0; i < definition.Nodes.Count; i++) indexes.TryAdd(definition.Nodes[i].Id, i + 1);
        var ports = definition.Nodes.Select(types.PortsOf).Prepend([]).ToArray();
        OutputCounts = [.. ports.Select(p => Math.Max(1, p.Count))];
        var links = definition.Links
            .Where(l => indexes.ContainsKey(l.From) && indexes.ContainsKey(l.To) && l.To != WorkflowDefinition.TriggerId && l.From != l.To)
            .Select(l => (From: indexes[l.From], To: indexes[l.To], Port: PortIndex(ports[indexes[l.From]], l.FromPort)))
            .GroupBy(l => l.From);
        followers = new int[definition.Nodes.Count + 1][];
        Array.Fill(followers, []);
        foreach (var group in links) followers[group.Key] = [.. group.OrderBy(l => l.Port).Select(l => l.To).Distinct()];
        Roots = CutCircles();
        Columns = FindColumns();
    }

    /// <summary>The number of vertices: the steps and the start.</summary>
    public int Count => followers.Length;

    /// <summary>The start, then every step from which an unreached part of the workflow can be walked.</summary>
    public IReadOnlyList<int> Roots { get; }

    /// <summary>The column of each vertex; the start has 0, and nothing else has.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>The number of outputs of each vertex, at least 1.</summary>
    public IReadOnlyList<int> OutputCounts { get; }

    /// <summary>The vertices that follow; all of them stand further right.</summary>
    public IReadOnlyList<int> Followers(int vertex) => followers[vertex];

    private static int PortIndex(IReadOnlyList<string> ports, string? port)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i] == port) return i;
        }
        return 0;
    }

    // depth first without recursion: a link to a vertex that is still being walked closes a circle
    private List<int> CutCircles()
    {
        var roots = new List<int>();
        var state = new byte[Count];
        var entered = new bool[Count];
        foreach (var follower in followers.SelectMany(f => f)) entered[follower] = true;
        foreach (var start in Enumerable.Range(0, Count).OrderBy(v => v == 0 ? 0 : entered[v] ? 2 : 1))
        {
            if (state[start] != 0) continue;
            roots.Add(start);
            Walk(start, state);
        }
        return roots;
    }

    private void Walk(int start, byte[] state)
    {
        const byte Open = 1, Closed = 2;
        var path = new Stack<(int Vertex, int Next)>();
        path.Push((start, 0));
        state[start] = Open;
        while (path.TryPop(out var at))
        {
            if (at.Next == followers[at.Vertex].Length)
            {
                state[at.Vertex] = Closed;
                followers[at.Vertex] = [.. followers[at.Vertex].Where(f => f >= 0)];
                continue;
            }
            path.Push((at.Vertex, at.Next + 1));
            var follower = followers[at.Vertex][at.Next];
            if (state[follower] == Open) followers[at.Vertex][at.Next] = -1;
            else if (state[follower] == 0)
            {
                state[follower] = Open;
                path.Push((follower, 0));
            }
        }
    }

    private int[] FindColumns()
    {
        var columns = new int[Count];
        var before = new int[Count];
        foreach (var follower in followers.SelectMany(f => f)) before[follower]++;
        var ready = new Queue<int>(Enumerable.Range(0, Count).Where(v => before[v] == 0));
        foreach (var vertex in ready.Where(v => v != 0)) columns[vertex] = 1;
        while (ready.TryDequeue(out var vertex))
        {
            foreach (var follower in followers[vertex])
            {
                columns[follower] = Math.Max(columns[follower], columns[vertex] + 1);
                if (--before[follower] == 0) ready.Enqueue(follower);
            }
        }
        return columns;
    }
}
