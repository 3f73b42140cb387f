namespace WorkflowStudio.Engine.Model.Layout;

/// <summary>
/// Folds a layout that is wider than a window into rows one below the other, as lines of text. A row ends where the fewest links go on, so
/// that branches stay together; what is added at the end moves nothing before it.
/// </summary>
internal sealed class FoldedRows
{
    /// <summary>The most steps that stand side by side.</summary>
    public const int Widest = 7;

    private const int Narrowest = 5;
    private const int Lane = 8;
    private const int LanesBetween = 4; // that many links go on in the space that is always kept

    private readonly int[] rowStart; // by column: the first column of its row
    private readonly Dictionary<int, int[]> depths = []; // by the row's first column: for every lane row, how many used ones lie above
    private readonly Dictionary<int, int> tops = [];

    public FoldedRows(LayeredGraph graph, LaneRows lanes)
    {
        var passing = Passing(graph);
        rowStart = Cut(passing);
        var top = 0;
        for (var start = 0; start < rowStart.Length;)
        {
            var end = start;
            while (end < rowStart.Length && rowStart[end] == start) end++;
            tops[start] = top;
            depths[start] = Depths(lanes, start, end, out var used);
            var more = end < rowStart.Length ? Math.Max(0, passing[end] - LanesBetween) * Lane : 0;
            top += (used * LayoutGrid.Row) + LayoutGrid.RowGap + (int)(Math.Ceiling(more / (double)LayoutGrid.Size) * LayoutGrid.Size);
            start = end;
        }
    }

    /// <summary>Where what stands in a column and a lane row comes to stand.</summary>
    public (int X, int Y) PlaceOf(int column, int row)
    {
        var start = rowStart[column];
        return ((column - start) * LayoutGrid.Step, tops[start] + (depths[start][row] * LayoutGrid.Row));
    }

    // for every column how many links come from before it to it or further
    private static int[] Passing(LayeredGraph graph)
    {
        var passing = new int[graph.Columns.Max() + 2];
        for (var vertex = 0; vertex < graph.Count; vertex++)
        {
            foreach (var follower in graph.Followers(vertex))
            {
                passing[graph.Columns[vertex] + 1]++;
                passing[graph.Columns[follower] + 1]--;
            }
        }
        for (var column = 1; column < passing.Length; column++) passing[column] += passing[column - 1];
        return passing[..^1];
    }

    private static int[] Cut(int[] passing)
    {
        var starts = new int[passing.Length];
        var start = 0;
        while (passing.Length - start > Widest)
        {
            var width = Widest;
            for (var narrower = Widest - 1; narrower >= Narrowest; narrower--)
            {
                if (passing[start + narrower] < passing[start + width]) width = narrower;
            }
            Array.Fill(starts, start, start, width);
            start += width;
        }
        Array.Fill(starts, start, start, passing.Length - start);
        return starts;
    }

    private static int[] Depths(LaneRows lanes, int start, int end, out int used)
    {
        var depths = new int[lanes.RowCount];
        used = 0;
        for (var row = 0; row < depths.Length; row++)
        {
            depths[row] = used;
            if (Enumerable.Range(start, end - start).Any(column => lanes.IsTaken(row, column))) used++;
        }
        return depths;
    }
}
