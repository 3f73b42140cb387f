namespace WorkflowStudio.Engine.Runtime.Plans;

/// <summary>Steps that go round: links lead from them back to the step at which they begin.</summary>
/// <param name="Index">Its number in <see cref="RunPlan.Rounds"/>.</param>
/// <param name="Header">The step at which a round begins.</param>
/// <param name="Steps">All its steps, the header among them.</param>
internal sealed record PlanRound(int Index, int Header, IReadOnlySet<int> Steps)
{
    /// <summary>How often it may begin anew; null for no bound of its own.</summary>
    public int? MaxRounds { get; set; }

    /// <summary>The links that lead back to the header.</summary>
    public List<PlanLink> Back { get; } = [];

    /// <summary>The links that lead out.</summary>
    public List<PlanLink> Exits { get; } = [];
}

/// <summary>
/// Finds the rounds of a graph: the knots of steps that all lead to each other, and within them again, once their way back is cut.
/// </summary>
internal static class PlanRounds
{
    /// <summary>The knots with their headers, outer ones before those within them.</summary>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="links">The links among them.</param>
    /// <param name="entries">The steps that the start, or a for-each, leads to.</param>
    public static IReadOnlyList<(int Header, IReadOnlySet<int> Steps)> Find(
        int steps, IReadOnlyList<(int From, int To)> links, IReadOnlySet<int> entries)
    {
        var found = new List<(int, IReadOnlySet<int>)>();
        var open = new Queue<(IReadOnlyList<int> Steps, IReadOnlyList<(int From, int To)> Links)>(
            [([.. Enumerable.Range(0, steps)], links)]);
        while (open.TryDequeue(out var part))
        {
            foreach (var knot in Knots(steps, part.Steps, part.Links))
            {
                var header = Header(knot, links, entries);
                found.Add((header, knot));
                open.Enqueue(([.. knot], [.. part.Links.Where(l => knot.Contains(l.From) && knot.Contains(l.To) && l.To != header)]));
            }
        }

        return found;
    }

    // where a way leads in from outside; of several the first
    private static int Header(HashSet<int> knot, IReadOnlyList<(int From, int To)> links, IReadOnlySet<int> entries)
    {
        var best = int.MaxValue;
        foreach (var step in knot) if (entries.Contains(step)) best = Math.Min(best, step);
        foreach (var (from, to) in links) if (knot.Contains(to) && !knot.Contains(from)) best = Math.Min(best, to);
        return best == int.MaxValue ? knot.Min() : best;
    }

    // Tarjan's strongly connected components (SIAM J. Comput. 1, 1972), without recursion
    private static List<HashSet<int>> Knots(int steps, IReadOnlyList<int> members, IReadOnlyList<(int From, int To)> links)
    {
        var next = links.ToLookup(l => l.From, l => l.To);
        var (number, low, onStack) = (new int[steps], new int[steps], new bool[steps]);
        var (stack, walk, count) = (new Stack<int>(), new Stack<(int Step, IEnumerator<int> Next)>(), 0);
        var knots = new List<HashSet<int>>();
        foreach (var root in members)
        {
            if (number[root] != 0) continue;
            Enter(root);
            while (walk.TryPeek(out var at))
            {
                if (at.Next.MoveNext())
                {
                    var to = at.Next.Current;
                    if (number[to] == 0) Enter(to);
                    else if (onStack[to]) low[at.Step] = Math.Min(low[at.Step], number[to]);
                    continue;
                }

                walk.Pop();
                if (walk.TryPeek(out var before)) low[before.Step] = Math.Min(low[before.Step], low[at.Step]);
                if (low[at.Step] == number[at.Step]) Close(at.Step);
            }
        }

        return knots;

        void Enter(int step)
        {
            number[step] = low[step] = ++count;
            stack.Push(step);
            onStack[step] = true;
            walk.Push((step, next[step].GetEnumerator()));
        }

        void Close(int root)
        {
            var knot = new HashSet<int>();
            int step;
            do
            {
                step = stack.Pop();
                onStack[step] = false;
                knot.Add(step);
            }
            while (step != root);
            if (knot.Count > 1) knots.Add(knot);
        }
    }
}
