namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>What the columns of a table of lines are called, and which rows end it.</summary>
internal static class InvoiceColumns
{
    public static readonly string[] Description =
        ["description", "item", "service", "product", "details", "article", "treatment", "work", "concepto", "descripcion", "articulo",
            "producto", "servicio", "position", "particulars"];

    public static readonly string[] Quantity = ["qty", "quantity", "units", "hours", "hrs", "cantidad", "cant", "pcs", "count", "unidades"];

    public static readonly string[] Price = ["unit price", "price", "rate", "unit cost", "cost", "precio unitario", "precio", "each"];

    public static readonly string[] Amount =
        ["line total", "amount", "total", "net", "sum", "importe", "total price", "net amount", "value"];

    public static readonly string[] Totals =
    [
        "subtotal", "sub-total", "sub total", "total", "grand total", "net total", "net amount", "amount due", "balance", "discount",
        "tax", "vat", "gst", "iva", "sales tax", "state tax", "city tax", "county tax", "base imponible", "descuento", "importe total",
        "shipping", "freight", "delivery", "envio", "gastos de envio", "invoice total", "less", "plus", "paid", "deposit",
    ];

    public static readonly string[] Taxes =
        ["sales tax", "state tax", "city tax", "county tax", "tax", "vat", "gst", "hst", "pst", "iva", "mwst"];

    public static readonly string[] NoTaxes =
    [
        "tax id", "tax no", "tax number", "tax reg", "vat id", "vat no", "vat number", "vat reg", "gst no", "gst number", "tax invoice",
    ];

    private static readonly string[] Passed = ["page ", "continued", "carried forward", "brought forward", "pagina ", "suma y sigue"];

    /// <summary>Whether a cell names a column.</summary>
    public static bool Is(string folded, string[] names)
    {
        var bare = Bare(folded);
        return names.Contains(bare);
    }

    /// <summary>Whether a row begins with one of these words.</summary>
    public static bool Begins(TextCell[] row, string[] words)
    {
        var first = Array.Find(row, c => !c.IsEmpty && c.Folded.Any(char.IsLetter)).Folded;
        return first is not null && Array.Exists(words, w => first.StartsWith(w, StringComparison.Ordinal)
            && (first.Length == w.Length || !char.IsLetter(first[w.Length])));
    }

    /// <summary>Whether a row belongs to the paper and not to the table.</summary>
    public static bool IsPassed(TextCell[] row)
    {
        var first = Array.Find(row, c => !c.IsEmpty).Folded ?? "";
        return Array.Exists(Passed, p => first.StartsWith(p, StringComparison.Ordinal));
    }

    private static string Bare(string folded)
    {
        var cut = folded.IndexOf('(', StringComparison.Ordinal);
        return (cut > 0 ? folded[..cut] : folded).Trim(' ', ':', '.', '#');
    }
}
