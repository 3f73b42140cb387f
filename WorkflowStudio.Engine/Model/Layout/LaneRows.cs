namespace WorkflowStudio.Engine.Model.Layout;

/// <summary>
/// Gives every vertex its row. A lane is a vertex and, as long as there is one that has no row yet, its first follower: it lies straight.
/// Branches are laid from the right end of a lane to the left, so that a later branch sits nearer and links need not cross it. The columns
/// between a lane and the steps it comes from and leads to stay free in its row: a link never runs through a step.
/// </summary>
internal sealed class LaneRows(LayeredGraph graph)
{
    private const int NoRow = -1;

    private readonly int[] rows = [.. Enumerable.Repeat(NoRow, graph.Count)];
    private readonly List<bool[]> taken = [];
    private readonly Stack<(int Head, int Parent)> open = new();

    /// <summary>The number of rows, known after <see cref="Find"/>.</summary>
    public int RowCount => taken.Count;

    /// <summary>The row of every vertex.</summary>
    public IReadOnlyList<int> Find()
    {
        foreach (var root in graph.Roots)
        {
            open.Push((root, NoRow));
            while (open.TryPop(out var lane))
            {
                if (rows[lane.Head] == NoRow) Lay(lane.Head, lane.Parent);
            }
        }
        return rows;
    }

    /// <summary>Whether a step stands or a link runs there.</summary>
    public bool IsTaken(int row, int column) => row < taken.Count && taken[row][column];

    private void Lay(int head, int parent)
    {
        var lane = new List<int> { head };
        while (graph.Followers(lane[^1]).Cast<int?>().FirstOrDefault(f => rows[f!.Value] == NoRow) is { } next) lane.Add(next);

        var from = parent == NoRow ? graph.Columns[head] : graph.Columns[parent] + 1;
        var to = graph.Followers(lane[^1]).Select(f => graph.Columns[f] - 1).Append(graph.Columns[lane[^1]]).Max();
        var row = parent == NoRow ? FirstFreeRow() : rows[parent] + RowsOf(parent);
        while (!IsFree(lane, row, from, to)) row++;
        Take(lane, row, from, to);
        foreach (var vertex in lane) rows[vertex] = row;

        // the last pushed is laid first: the rightmost vertex, and of its followers the topmost
        foreach (var vertex in lane)
        {
            foreach (var follower in graph.Followers(vertex).Reverse())
            {
                if (rows[follower] == NoRow) open.Push((follower, vertex));
            }
        }
    }

    // the start and what is linked to it come first, so a part that is linked to nothing lies below everything
    private int FirstFreeRow() => taken.Count;

    private int RowsOf(int vertex) => LayoutGrid.RowsOf(graph.OutputCounts[vertex]);

    private bool IsFree(List<int> lane, int row, int from, int to)
    {
        for (var column = from; column <= to; column++)
        {
            if (IsTaken(row, column)) return false;
        }
        return lane.TrueForAll(v => Enumerable.Range(row, RowsOf(v)).All(r => !IsTaken(r, graph.Columns[v])));
    }

    private void Take(List<int> lane, int row, int from, int to)
    {
        for (var column = from; column <= to; column++) Take(row, column);
        foreach (var vertex in lane)
        {
            for (var r = row; r < row + RowsOf(vertex); r++) Take(r, graph.Columns[vertex]);
        }
    }

    private void Take(int row, int column)
    {
        while (taken.Count <= row) taken.Add(new bool[graph.Count + 1]);
        taken[row][column] = true;
    }
}
