namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>A word where it stands on its page, in points; <paramref name="Base"/> is the line it stands on, from below.</summary>
internal readonly record struct PlacedWord(string Text, double Left, double Right, double Base, double Size);

/// <summary>
/// Puts the words of a page into the order of reading. Words on one line are a line; wide gaps in it are tabs, as between the cells of a
/// table, and a cell that stands below another one gets as many tabs before it. Columns of running text are read one after the other.
/// </summary>
internal static class PageLayout
{
    private const double Paragraph = 2.2; // lines that are further apart have an empty one between them
    private const int FewestOfColumn = 5;
    private const int ShortestOfColumn = 22; // characters: shorter ones are cells, labels and values

    public static IEnumerable<string> Lines(IReadOnlyList<PlacedWord> words, CancellationToken cancellationToken)
    {
        var rows = Rows(words, cancellationToken);
        return Gutter(rows) is { } gutter ? InColumns(rows, gutter) : InRows(rows);
    }

    // the cells of each line, from above
    private static List<List<Cell>> Rows(IReadOnlyList<PlacedWord> words, CancellationToken cancellationToken)
    {
        var rows = new List<List<PlacedWord>>();
        foreach (var word in words.OrderByDescending(w => w.Base))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Count > 0 && rows[^1] is var row && row[0].Base - word.Base < 0.45 * Math.Min(row[0].Size, word.Size)) row.Add(word);
            else rows.Add([word]);
        }

        return [.. rows.Select(row => Cells([.. row.OrderBy(w => w.Left)]))];
    }

    private static List<Cell> Cells(List<PlacedWord> row)
    {
        var cells = new List<Cell>();
        foreach (var word in row)
        {
            var gap = cells.Count == 0 ? double.MaxValue : word.Left - cells[^1].Right;
            if (cells.Count == 0 || gap > 1.1 * word.Size) cells.Add(new Cell(word.Text, word.Left, word.Right, word.Base, word.Size));
            else
                cells[^1] = cells[^1] with
                {
                    Text = gap > 0.08 * word.Size ? cells[^1].Text + " " + word.Text : cells[^1].Text + word.Text,
                    Right = Math.Max(cells[^1].Right, word.Right),
                };
        }

        return cells;
    }

    private static IEnumerable<string> InRows(List<List<Cell>> rows)
    {
        List<Cell>? above = null;
        var last = double.MinValue;
        foreach (var row in rows)
        {
            if (last - row[0].Base > Paragraph * row[0].Size) yield return "";
            last = row[0].Base;
            if (above is not null && above[0].Base - row[0].Base > 4 * row[0].Size) above = null;
            yield return above is not null && row.Count < above.Count && Below(row, above) is { } line
                ? line
                : string.Join('\t', row.Select(c => c.Text));
            if (row.Count > 1 && (above is null || row.Count >= above.Count)) above = row;
            else if (above is not null && row.Count > 0) above = [.. above.Select(c => c with { Base = row[0].Base })];
        }
    }

    // null where a cell stands below none of them, or below several
    private static string? Below(List<Cell> row, List<Cell> above)
    {
        var (line, at) = ("", 0);
        for (var i = 0; i < row.Count; i++)
        {
            var over = above.Index().Where(a => a.Item.Left < row[i].Right && row[i].Left < a.Item.Right).Select(a => a.Index).ToList();
            if (over.Count != 1 || (i > 0 && over[0] <= at - 1)) return null;
            line += new string('\t', over[0] - (i == 0 ? 0 : at - 1)) + row[i].Text;
            at = over[0] + 1;
        }

        return line;
    }

    // where a second column of running text begins: most lines right of the middle begin there, and none goes across
    private static double? Gutter(List<List<Cell>> rows)
    {
        var cells = rows.SelectMany(r => r).ToList();
        if (cells.Count < 2 * FewestOfColumn) return null;
        var (left, right) = (cells.Min(c => c.Left), cells.Max(c => c.Right));
        var starts = cells.Where(c => c.Left > left + (0.3 * (right - left)) && c.Left < left + (0.7 * (right - left)))
            .GroupBy(c => Math.Round(c.Left / 2)).OrderByDescending(g => g.Count()).FirstOrDefault();
        if (starts is null || starts.Count() < FewestOfColumn) return null;
        var at = starts.Min(c => c.Left);
        var (before, behind) = (cells.Where(c => c.Right < at - 4).ToList(), cells.Where(c => c.Left >= at - 4).ToList());
        var isOneEach = rows.TrueForAll(r => r.Count(c => c.Right < at - 4) < 2 && r.Count(c => c.Left >= at - 4) < 2);
        return isOneEach && IsText(before) && IsText(behind) ? at - 4 : null;

        static bool IsText(List<Cell> column) => column.Count >= FewestOfColumn
            && column.Select(c => c.Text.Length).Order().ElementAt(column.Count / 2) >= ShortestOfColumn;
    }

    // what goes across, such as a heading, ends the columns above it
    private static IEnumerable<string> InColumns(List<List<Cell>> rows, double gutter)
    {
        var (before, behind) = (new List<string>(), new List<string>());
        foreach (var row in rows)
        {
            if (row.Exists(c => c.Left < gutter && c.Right > gutter))
            {
                foreach (var line in before.Concat(behind)) yield return line;
                before.Clear();
                behind.Clear();
                yield return string.Join('\t', row.Select(c => c.Text));
                continue;
            }

            before.AddRange(row.Where(c => c.Right <= gutter).Select(c => c.Text));
            behind.AddRange(row.Where(c => c.Left >= gutter).Select(c => c.Text));
        }

        foreach (var line in before.Concat(behind)) yield return line;
    }

    private sealed record Cell(string Text, double Left, double Right, double Base, double Size);
}
