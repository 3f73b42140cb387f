namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice to make.</summary>
/// <param name="ContactId">Who pays.</param>
/// <param name="Currency">A currency of <see cref="Model.Money"/>, ISO 4217 in lower case.</param>
/// <param name="Lines">What for, 1 to 50 lines.</param>
/// <param name="DueInDays">Days from today in the practice's zone, 0 to 365.</param>
/// <param name="PaymentMethods">How it can be paid, for example <c>card</c>, <c>usdc</c>; at least one.</param>
/// <param name="Note">A note for the client; may be empty.</param>
public sealed record InvoiceDraft(
    Guid ContactId, string Currency, IReadOnlyList<InvoiceLine> Lines, int DueInDays, IReadOnlyList<string> PaymentMethods,
    string Note = "")
{
    /// <summary>The account with the payment provider that the money is passed on to; empty for the one that is connected.</summary>
    public string Destination { get; init; } = "";
}

/// <summary>A line of an invoice. The amount is that of the whole line without tax, in the currency's smallest unit.</summary>
/// <param name="What">What it is.</param>
/// <param name="Detail">A second line: when and with whom; may be empty.</param>
/// <param name="Quantity">How many or how much, more than 0, with at most three decimals.</param>
/// <param name="AmountCents">Quantity times price, rounded half away from zero.</param>
public sealed record InvoiceLine(string What, string Detail, decimal Quantity, long AmountCents)
{
    /// <summary>The price of one; null where only the amount is known.</summary>
    public long? UnitCents { get; init; }

    /// <summary>The tax on it in percent, 0 to 100, with at most three decimals.</summary>
    public decimal TaxPercent { get; init; }

    /// <summary>A line of so many at a price.</summary>
    public static InvoiceLine Of(string what, string detail, decimal quantity, long unitCents, decimal taxPercent = 0) =>
        new(what, detail, quantity, (long)decimal.Round(quantity * unitCents, MidpointRounding.AwayFromZero))
        { UnitCents = unitCents, TaxPercent = taxPercent };
}

/// <summary>The tax of all lines of one rate. It is reckoned from their sum, as EN 16931 has it (BR-CO-17), and not line by line.</summary>
/// <param name="Percent">The rate.</param>
/// <param name="NetCents">What the lines come to without it.</param>
/// <param name="TaxCents">The tax, rounded half away from zero.</param>
public sealed record InvoiceTax(decimal Percent, long NetCents, long TaxCents)
{
    /// <summary>The taxes of lines, the highest rate first; none for lines without tax.</summary>
    public static IReadOnlyList<InvoiceTax> Of(IEnumerable<InvoiceLine> lines) =>
    [
        .. lines.Where(l => l.TaxPercent > 0).GroupBy(l => l.TaxPercent).OrderByDescending(g => g.Key).Select(g =>
        {
            var net = g.Sum(l => l.AmountCents);
            return new InvoiceTax(g.Key, net, (long)decimal.Round(net * g.Key / 100, MidpointRounding.AwayFromZero));
        }),
    ];
}
