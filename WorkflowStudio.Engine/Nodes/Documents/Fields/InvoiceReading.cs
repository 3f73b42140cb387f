using System.Text.Json.Nodes;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>What is particular to invoices: their lines, their taxes, who sends them, and whether their sums are right.</summary>
internal static class InvoiceReading
{
    private const double Sure = 0.98;
    private const double Doubtful = 0.4;

    public static void Complete(FieldReading reading, TextLines text, TextHabits habits)
    {
        var (lines, isHeaded) = new InvoiceTable(text, habits).Read();
        if (lines.Count > 0)
            reading.Found["line_items"] = new FoundField(new JsonArray([.. lines.Select(Json)]), isHeaded ? 0.85 : 0.6);
        else reading.Found.Remove("line_items");
        if (Taxes(text, habits) is { } tax) reading.Found["tax"] = new FoundField(JsonValue.Create(tax), 0.85);
        if (AmountText.CurrencyOf(text.Text, habits) is { } currency)
            reading.Found["currency"] = new FoundField(JsonValue.Create(currency), 0.9);
        if (!reading.Found.ContainsKey("supplier") && Letterhead(text) is { } supplier)
            reading.Found["supplier"] = new FoundField(JsonValue.Create(supplier), 0.6);
        if (Amount(reading, "discount") is { } discount)
            reading.Found["discount"] = reading.Found["discount"] with { Value = JsonValue.Create(Math.Abs(discount)) };
        Check(reading, lines);
    }

    // all rows of taxes above the total, added up
    private static decimal? Taxes(TextLines text, TextHabits habits)
    {
        var amounts = new List<decimal>();
        foreach (var row in text.Lines)
        {
            if (!InvoiceColumns.Begins(row, InvoiceColumns.Taxes) || InvoiceColumns.Begins(row, InvoiceColumns.NoTaxes)) continue;
            var all = row.SelectMany(c => AmountText.All(c.Text, habits)).ToList();
            if (all.FindLastIndex(a => a.HasDecimals || a.Currency is not null) is >= 0 and var last) amounts.Add(all[last].Value);
        }

        // one that says the sum of the others is not added to them
        if (amounts.Count > 2 && amounts[^1] == amounts.SkipLast(1).Sum()) return amounts[^1];
        return amounts.Count == 0 ? null : amounts.Sum();
    }

    // who sends it stands at the top, unless it says what it is there
    private static string? Letterhead(TextLines text)
    {
        foreach (var row in text.Lines.Take(6))
            foreach (var cell in row)
            {
                var folded = cell.Folded.Trim(' ', ':', '.');
                if (folded.Length < 3 || cell.Text.Contains(':', StringComparison.Ordinal) || !folded.Any(char.IsLetter)) continue;
                if (folded.Contains("invoice", StringComparison.Ordinal) || folded.Contains("factura", StringComparison.Ordinal)
                    || folded is "bill" or "date" or "statement" or "original" or "copy" || folded.StartsWith("page ",
                        StringComparison.Ordinal)
                    || folded.Count(char.IsDigit) * 3 > folded.Length) continue;
                return cell.Text;
            }

        return null;
    }

    private static void Check(FieldReading reading, List<InvoiceLine> lines)
    {
        var counted = lines.Where(l => l.Quantity is not null && l.UnitPrice is not null).ToList();
        if (counted.Count > 0)
            Add(reading, "line_amounts", counted.Sum(l => Math.Round(l.Quantity!.Value * l.UnitPrice!.Value, 2)), counted.Sum(l =>
                l.Amount),
                0.01m * counted.Count, "line_items");
        var sum = lines.Sum(l => l.Amount);
        var (subtotal, total) = (Amount(reading, "subtotal"), Amount(reading, "total"));
        if (lines.Count > 0 && subtotal is { } net)
        {
            // some take the discount off before they write the subtotal
            var reduced = sum - (Amount(reading, "discount") ?? 0);
            Add(reading, "subtotal", net == reduced ? reduced : sum, net, 0.01m, "subtotal", "line_items");
        }

        if (total is not { } due || (lines.Count == 0 && subtotal is null)) return;
        var (discount, shipping, tax) = (Amount(reading, "discount") ?? 0, Amount(reading, "shipping") ?? 0, Amount(reading, "tax") ?? 0);
        // lines with their tax in them; a discount that is among the lines or taken off already
        var bases = new List<decimal>();
        if (lines.Count > 0) bases.Add(sum);
        if (subtotal is { } from) bases.Add(from);
        decimal[] ways = [.. bases.SelectMany(b => new[] { b - discount + shipping + tax, b + shipping + tax, b - discount + shipping, b
            + shipping, b })];
        var expected = Array.FindIndex(ways, w => Math.Abs(w - due) <= 0.01m) is >= 0 and var way ? ways[way] : ways[0];
        Add(reading, "total", expected, due, 0.01m, "total", "subtotal", "tax", "line_items");
    }

    private static void Add(
        FieldReading reading, string name, decimal expected, decimal found, decimal tolerance, params string[] fields)
    {
        var check = new FieldCheck { Name = name, Ok = Math.Abs(expected - found) <= tolerance, Expected = expected, Found = found };
        reading.Checks.Add(check);
        foreach (var field in fields.Where(reading.Found.ContainsKey))
        {
            var before = reading.Found[field];
            var confidence = check.Ok ? Math.Max(before.Confidence, Sure) : Math.Min(before.Confidence, Doubtful);
            reading.Found[field] = before with { Confidence = confidence };
        }
    }

    private static decimal? Amount(FieldReading reading, string field) =>
        reading.Found.TryGetValue(field, out var found) && found.Value is JsonValue value && value.TryGetValue<decimal>(out var amount)
            ? amount
            : null;

    private static JsonObject Json(InvoiceLine line) => new()
    {
        ["description"] = line.Description,
        ["quantity"] = line.Quantity,
        ["unit_price"] = line.UnitPrice,
        ["amount"] = line.Amount,
    };
}
