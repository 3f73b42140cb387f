using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>An invoice in the output of a step.</summary>
public sealed record InvoiceFacts
{
    [Setting("Invoice", Description = "Its id.")]
    public required Guid InvoiceId { get; init; }

    [Setting("Number", Description = "As people read it: INV-2041.")]
    public required string Number { get; init; }

    [Setting("Contact", Description = "The client's id.")]
    public required Guid ContactId { get; init; }

    [Setting("Client", Description = "What the client is called.")]
    public required string Client { get; init; }

    [Setting("Total in cents")]
    public required long TotalCents { get; init; }

    [Setting("Total", Description = "As people read it: $180.00.")]
    public required string Total { get; init; }

    [Setting("Still to pay in cents", Description = "The total without what was paid and credited.")]
    public required long BalanceCents { get; init; }

    [Setting("Currency", Description = "Three letters in lower case.")]
    public required string Currency { get; init; }

    [Setting("Due on", Description = "The day: 2026-11-27.")]
    public required string DueOn { get; init; }

    internal static InvoiceFacts Of(UnpaidInvoice unpaid) => new()
    {
        InvoiceId = unpaid.Invoice.Id,
        Number = unpaid.Invoice.Number,
        ContactId = unpaid.Contact.Id,
        Client = unpaid.Contact.Name,
        TotalCents = unpaid.Invoice.TotalCents,
        Total = unpaid.Invoice.Total,
        BalanceCents = unpaid.Invoice.BalanceCents,
        Currency = unpaid.Invoice.Currency,
        DueOn = unpaid.Invoice.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}

/// <summary>Invoices as summaries tell of them.</summary>
internal static class InvoiceWords
{
    /// <summary>How many invoices an output lists.</summary>
    public const int MostListed = 200;

    private const int MostTold = 20;

    /// <summary>What they come to, by currency: "$180.00 and €20.00".</summary>
    public static string Totals(IEnumerable<UnpaidInvoice> invoices) => All(invoices
        .GroupBy(i => i.Invoice.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => Money.Text(g.Sum(i => i.Invoice.BalanceCents), g.Key)));

    /// <summary>"1 invoice", "4 invoices".</summary>
    public static string Count(int count) => count == 1 ? "1 invoice" : $"{count} invoices";

    /// <summary>"a, b and c".</summary>
    public static string All(IEnumerable<string> parts) =>
        parts.ToArray() is [_, .., var last] all ? $"{string.Join(", ", all[..^1])} and {last}" : string.Concat(parts);

    /// <summary>A title, and a line for each of the first.</summary>
    public static string Text<T>(string title, IReadOnlyList<T> listed, Func<T, string> line)
    {
        var rest = listed.Count > MostTold ? [$"- and {listed.Count - MostTold} more"] : Array.Empty<string>();
        return string.Join('\n', [title, .. listed.Take(MostTold).Select(t => "- " + line(t)), .. rest]);
    }
}
