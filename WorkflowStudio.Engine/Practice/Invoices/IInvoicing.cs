using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The practice's invoices.</summary>
public interface IInvoicing
{
    /// <summary>
    /// Makes an invoice with the next number; where a payment account is connected, with its bill there. Problems: <c>invoice_empty</c>,
    /// <c>invoice_amount</c>, <c>currency_unknown</c>, <c>payment_method_missing</c>, <c>contact_unknown</c>, and those of
    /// <see cref="Connectors.Payments.IPaymentAccount.BillAsync"/>: then the invoice stays void, and the same key tries again.
    /// </summary>
    Task<Answer<Invoice>> CreateAsync(Tenant tenant, InvoiceDraft draft, EffectSource source, CancellationToken cancellationToken);

    /// <summary>The invoice, or null.</summary>
    Task<Invoice?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Pays an invoice in full and wakes the runs that wait for <see cref="Invoice.PaidSignal"/>. Where its bill is with a payment account,
    /// that charges the client; the built-in ledger moves no money: it acts the payment out, and refuses where that is not wanted.
    /// Problems: <c>no_payment_account</c>, <c>invoice_unknown</c>, <c>invoice_paid</c>, <c>invoice_void</c>,
    /// <c>payment_method_unknown</c>, and those of <see cref="Connectors.Payments.IPaymentAccount.ChargeAsync"/>.
    /// </summary>
    Task<Answer<Invoice>> PayAsync(Tenant tenant, Guid id, string method, EffectSource source, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the state by hand or by rule: paid elsewhere (wakes the waiting runs), void, overdue, open again. Setting the state it has
    /// changes nothing. What is paid elsewhere or void is so with the payment account first. Problems: <c>invoice_unknown</c>,
    /// <c>invoice_paid</c>, <c>invoice_void</c>: a paid or void invoice keeps its state, and one of which a part is paid is not made
    /// void; and those of the payment account.
    /// <paramref name="runId"/> is the run that does it, null for a person.
    /// </summary>
    Task<Answer<Invoice>> MarkAsync(Tenant tenant, Guid id, InvoiceStatus status, Guid? runId, CancellationToken cancellationToken);

    /// <summary>
    /// Notes what the payment account tells of a bill: it was paid (wakes the waiting runs), or taken back. What is told twice, or of a
    /// bill that is none of the tenant's, changes nothing.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="billId">What the account calls it.</param>
    /// <param name="invoiceId">The invoice that the bill names: the account may tell before the id of the bill is stored.</param>
    /// <param name="isPaid">Whether it was paid.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task NoteBillAsync(Tenant tenant, string billId, Guid? invoiceId, bool isPaid, CancellationToken cancellationToken);

    /// <summary>
    /// Marks every open invoice that was due before today in the practice's zone as overdue; answers them, the longest due first. A call
    /// with the same effect key answers again what is still overdue of what it marked before.
    /// </summary>
    Task<IReadOnlyList<UnpaidInvoice>> MarkOverdueAsync(Tenant tenant, EffectSource? source, CancellationToken cancellationToken);
}

/// <summary>The states of an invoice. The numbers are stored.</summary>
public enum InvoiceStatus
{
    /// <summary>It is to be paid.</summary>
    Open = 0,

    /// <summary>It was paid in full; final.</summary>
    Paid = 1,

    /// <summary>It was taken back; final.</summary>
    Void = 2,

    /// <summary>It is to be paid and the day has passed.</summary>
    Overdue = 3,
}

/// <summary>An invoice. Amounts are in the currency's smallest unit.</summary>
public sealed record Invoice
{
    /// <summary>The largest total in the smallest unit: 10 million dollars.</summary>
    public const long MaxCents = 1_000_000_000;

    public required Guid Id { get; init; }

    /// <summary>The number people read, counted per workspace and environment: INV-2041.</summary>
    public required string Number { get; init; }

    public required Guid ContactId { get; init; }

    public required InvoiceStatus Status { get; init; }

    public required string Currency { get; init; }

    public required long SubtotalCents { get; init; }

    public required long TaxCents { get; init; }

    public required long TotalCents { get; init; }

    /// <summary>What is still to be paid of it: the total without what was paid and credited; 0 when it is paid or void.</summary>
    public required long BalanceCents { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The day in the practice's zone.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The page on which it is paid, ours or the provider's; whoever has the address can see it.</summary>
    public required string Url { get; init; }

    /// <summary>The run that made it; null when a person did.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The call of a step that made it, see <see cref="EffectSource.CallKey"/>; null for others.</summary>
    public string? CallKey { get; init; }

    /// <summary>The day in the practice's zone on which the client was last reminded of it; null when nobody did.</summary>
    public DateOnly? RemindedOn { get; init; }

    /// <summary>Whether its bill is with a payment provider.</summary>
    public bool IsBilled { get; init; }

    /// <summary>Whether it is still to be paid.</summary>
    public bool IsUnpaid => Status is InvoiceStatus.Open or InvoiceStatus.Overdue;

    /// <summary>The total as people read it: $180.00.</summary>
    public string Total => Money.Text(TotalCents, Currency);

    /// <summary>What is still to be paid, as people read it.</summary>
    public string Balance => Money.Text(BalanceCents, Currency);

    /// <summary>The signal that is raised when the invoice with this id is paid.</summary>
    public static string PaidSignal(Guid id) => $"invoice.paid:{id:D}";
}

/// <summary>An invoice that is to be paid, and who is to pay it.</summary>
public sealed record UnpaidInvoice(Invoice Invoice, Contact Contact);
