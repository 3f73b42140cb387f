using System.Globalization;
using CsvHelper;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>Invoices and payments as CSV, amounts in the main unit of their currency; no spreadsheet takes a cell for a formula.</summary>
public static class InvoiceFile
{
    /// <summary>Writes invoices below one line of names.</summary>
    public static Task WriteAsync(IAsyncEnumerable<InvoiceItem> invoices, TextWriter to, CancellationToken cancellationToken) =>
        WriteAsync(
            ["id", "number", "contactId", "contact", "status", "currency", "subtotal", "tax", "total", "paid", "credited", "balance",
                "issuedOn", "dueOn", "paidAt", "url", "createdAt"],
            invoices,
            i =>
            [
                i.Id, i.Number, i.ContactId, i.ContactName, FieldChoice.ValueOf(i.Status), i.Currency, Amount(i.SubtotalCents, i.Currency),
                Amount(i.TaxCents, i.Currency), Amount(i.TotalCents, i.Currency), Amount(i.PaidCents, i.Currency),
                Amount(i.CreditedCents, i.Currency), Amount(i.BalanceCents, i.Currency), i.IssuedOn, i.DueOn, i.PaidAt, i.Url, i.CreatedAt,
            ],
            to, cancellationToken);

    /// <summary>Writes payments below one line of names.</summary>
    public static Task WriteAsync(IAsyncEnumerable<PaymentItem> payments, TextWriter to, CancellationToken cancellationToken) =>
        WriteAsync(
            ["id", "invoiceId", "invoiceNumber", "contactId", "contact", "method", "amount", "currency", "simulated", "paidAt", "note"],
            payments,
            p =>
            [
                p.Id, p.InvoiceId, p.InvoiceNumber, p.ContactId, p.ContactName, p.Method, Amount(p.AmountCents, p.Currency), p.Currency,
                p.Simulated, p.PaidAt, p.Note,
            ],
            to, cancellationToken);

    /// <summary>An amount in the main unit with all decimals of its currency: 180.00.</summary>
    public static decimal Amount(long cents, string currency) =>
        (cents / Money.Units(currency)) + new decimal(0, 0, 0, false, (byte)Money.Decimals(currency)!.Value);

    private static async Task WriteAsync<T>(
        IReadOnlyList<string> names, IAsyncEnumerable<T> rows, Func<T, object?[]> cells, TextWriter to, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(to, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var name in names) csv.WriteField(name);
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            foreach (var cell in cells(row))
                csv.WriteField(cell switch
                {
                    decimal amount => amount.ToString(CultureInfo.InvariantCulture),
                    DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    _ => RecordFile.Guarded(cell),
                });
            await csv.NextRecordAsync();
        }
    }
}
