namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>A line of an invoice.</summary>
internal sealed record InvoiceLine(string Description, decimal? Quantity, decimal? UnitPrice, decimal Amount);

/// <summary>Reads the lines of an invoice: the rows below the names of columns, up to the totals; on every page.</summary>
internal sealed class InvoiceTable(TextLines text, TextHabits habits)
{
    private const int Most = 500;

    /// <summary>The lines, and whether columns were named above them.</summary>
    public (List<InvoiceLine> Lines, bool IsHeaded) Read()
    {
        var lines = new List<InvoiceLine>();
        Columns? columns = null;
        var (isHeaded, isOpen) = (false, false);
        foreach (var (number, row) in text.Lines.Index())
        {
            if (lines.Count == Most) break;
            if (Columns.Of(row) is { } head)
            {
                (columns, isHeaded, isOpen) = (head, true, true);
                continue;
            }

            if (columns is null || InvoiceColumns.IsPassed(row)) continue;
            if (InvoiceColumns.Begins(row, InvoiceColumns.Totals) && lines.Count > 0 && !HasQuantity(row))
            {
                isOpen = false;
                continue;
            }

            if (!isOpen) continue;
            if (Line(row, columns) is { } line) lines.Add(line);
            else if (!text.IsAfterGap(number) && Continuation(row) is { } more && lines.Count > 0 && lines[^1].Description.Length < 200)
                lines[^1] = lines[^1] with { Description = $"{lines[^1].Description} {more}".Trim() };
        }

        return (isHeaded ? lines : Unheaded(), isHeaded);
    }

    // rows of words and an amount at their end, above the first of the totals
    private List<InvoiceLine> Unheaded()
    {
        var lines = new List<InvoiceLine>();
        foreach (var row in text.Lines)
        {
            if (InvoiceColumns.Begins(row, InvoiceColumns.Totals))
            {
                if (lines.Count > 0) break;
                continue;
            }

            if (row.Length > 1 && row[0].Folded.Any(char.IsLetter) && !row[0].Folded.EndsWith(':') && Line(row, null) is { } line
                && AmountText.All(row[^1].Text, habits) is [{ HasDecimals: true }]) lines.Add(line);
        }

        return lines;
    }

    private InvoiceLine? Line(TextCell[] row, Columns? columns)
    {
        var filled = row.Index().Where(c => !c.Item.IsEmpty).ToList();
        if (filled.Count < 2) return OfOneCell(row);
        if (Number(filled[^1].Item) is not { } amount) return null;
        var words = filled.SkipLast(1).Where(c => c.Item.Text.Any(char.IsLetter)).ToList();
        if (words.Count == 0) return null;
        var isWhole = columns is not null && row.Length == columns.Count;
        var description = isWhole && columns!.Description >= 0 && row[columns.Description] is { IsEmpty: false } named
            ? named.Text
            : words.OrderByDescending(w => w.Item.Text.Length).First().Item.Text;
        var (quantity, price) = isWhole
            ? (At(row, columns!.Quantity), At(row, columns.Price))
            : Factors([.. filled.SkipLast(1).Select(c => Number(c.Item)).OfType<decimal>()], amount);
        // a column behind the amounts, such as the rate of a tax
        if (isWhole && At(row, columns!.Amount) is { } meant) amount = meant;
        return new InvoiceLine(description, quantity, price, amount);
    }

    // "2 x Skin check 75.00 150.00": where the cells are not apart
    private InvoiceLine? OfOneCell(TextCell[] row)
    {
        var cell = Array.Find(row, c => !c.IsEmpty);
        if (cell.Text is null || AmountText.All(cell.Text, habits) is not [.., { HasDecimals: true } last] all
            || last.At + last.Length < cell.Text.TrimEnd().Length - 1) return null;
        var rest = cell.Text[..last.At];
        var factors = all.SkipLast(1).ToList();
        foreach (var factor in factors.AsEnumerable().Reverse())
            if (factor.At + factor.Length >= rest.TrimEnd().Length) rest = rest[..factor.At];
        var (quantity, price) = Factors([.. factors.Select(f => f.Value)], last.Value);
        rest = rest.Trim(' ', '.', ':', '-');
        return rest.Any(char.IsLetter) ? new InvoiceLine(rest, quantity, price, last.Value) : null;
    }

    // of numbers, the two that make the amount
    private static (decimal? Quantity, decimal? Price) Factors(IReadOnlyList<decimal> numbers, decimal amount)
    {
        for (var i = 0; i < numbers.Count; i++)
            for (var j = i + 1; j < numbers.Count; j++)
                if (Math.Abs((numbers[i] * numbers[j]) - amount) <= 0.01m) return (numbers[i], numbers[j]);
        return (null, null);
    }

    private decimal? At(TextCell[] row, int column) => column >= 0 && column < row.Length ? Number(row[column]) : null;

    // a cell that is an amount, perhaps with a unit behind it
    private decimal? Number(TextCell cell)
    {
        if (AmountText.All(cell.Text, habits) is not [.., var last]) return null;
        var letters = cell.Text.Count(char.IsLetter);
        return letters <= 5 && (last.At <= 5 || last.HasDecimals) ? last.Value : null;
    }

    private bool HasQuantity(TextCell[] row) => row.Count(c => Number(c) is not null) > 2;

    private static string? Continuation(TextCell[] row) =>
        row.Where(c => !c.IsEmpty).ToList() is [var only] && only.Text.Any(char.IsLetter) && only.Text.Length < 120 ? only.Text : null;

    private sealed record Columns(int Count, int Description, int Quantity, int Price, int Amount)
    {
        public static Columns? Of(TextCell[] row)
        {
            var (description, amount) = (Find(row, InvoiceColumns.Description), Last(row, InvoiceColumns.Amount));
            var (quantity, price) = (Find(row, InvoiceColumns.Quantity), Find(row, InvoiceColumns.Price));
            var named = new[] { description, amount, quantity, price }.Count(c => c >= 0);
            if (named < 2 || (amount < 0 && price < 0)) return null;
            return new Columns(row.Length, description, quantity, amount < 0 ? -1 : price, amount < 0 ? price : amount);
        }

        private static int Find(TextCell[] row, string[] names) => Array.FindIndex(row, c => InvoiceColumns.Is(c.Folded, names));

        private static int Last(TextCell[] row, string[] names) => Array.FindLastIndex(row, c => InvoiceColumns.Is(c.Folded, names));
    }
}
