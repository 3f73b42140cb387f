using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Runtime.Answers;

namespace WorkflowStudio.Operations.Practice;

/// <summary>
/// Makes invoices by hand, changes what may change of them, notes payments and writes credit notes. What carries a key happens once for
/// it, whatever is repeated.
/// </summary>
public sealed class ChangeInvoices(InvoiceDesk desk, InvoiceQueries queries)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Makes one.</summary>
    public Task<Result<ChangedInvoice>> AddAsync(
        Caller caller, NewInvoice invoice, string key, Func<ChangedInvoice, KeptAnswer?>? answer, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.AddAsync(caller.Tenant, invoice, key, cancellationToken), answer, cancellationToken);

    /// <summary>Has the payment provider make the bill of one that it did not take before.</summary>
    public Task<Result<ChangedInvoice>> BillAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.BillAsync(caller.Tenant, id, cancellationToken), null, cancellationToken);

    /// <summary>Changes when one is to be paid and what it says; null leaves either.</summary>
    public Task<Result<ChangedInvoice>> ChangeAsync(
        Caller caller, Guid id, DateOnly? dueOn, string? note, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.ChangeAsync(caller.Tenant, id, dueOn, note, cancellationToken), null, cancellationToken);

    /// <summary>Takes one back: nobody has to pay it.</summary>
    public Task<Result<ChangedInvoice>> VoidAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.VoidAsync(caller.Tenant, id, cancellationToken), null, cancellationToken);

    /// <summary>Notes money that came in, or was paid back.</summary>
    public Task<Result<ChangedInvoice>> PayAsync(Caller caller, Guid id, NewPayment payment, string key,
        Func<ChangedInvoice, KeptAnswer?>? answer, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.PayAsync(caller.Tenant, id, payment, key, cancellationToken), answer, cancellationToken);

    /// <summary>Takes back a payment that was noted by mistake.</summary>
    public Task<Result<ChangedInvoice>> RemovePaymentAsync(Caller caller, Guid paymentId, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.RemovePaymentAsync(caller.Tenant, paymentId, cancellationToken), null, cancellationToken, "payment");

    /// <summary>Writes a credit note.</summary>
    public Task<Result<ChangedInvoice>> CreditAsync(Caller caller, Guid id, NewCreditNote credit, string key,
        Func<ChangedInvoice, KeptAnswer?>? answer, CancellationToken cancellationToken) =>
        DoAsync(caller, () => desk.CreditAsync(caller.Tenant, id, credit, key, cancellationToken), answer, cancellationToken);

    private async Task<Result<ChangedInvoice>> DoAsync(Caller caller, Func<Task<InvoiceOutcome>> change,
        Func<ChangedInvoice, KeptAnswer?>? answer, CancellationToken cancellationToken, string what = "invoice")
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        switch (await change())
        {
            case InvoiceOutcome.Done done when await queries.ByIdAsync(caller.Tenant, done.Id, cancellationToken) is { } invoice:
                var changed = new ChangedInvoice(invoice, done.MadeId, done.Unbilled);
                if (answer?.Invoke(changed) is { } kept) await desk.KeepAsync(kept, cancellationToken);
                return changed;
            case InvoiceOutcome.Wrong wrong: return ChangeRecords.Wrong(wrong.Problems);
            case InvoiceOutcome.Refused no: return new OperationProblem.Conflict(no.Code, no.Message);
            default: return new OperationProblem.NotFound(what);
        }
    }
}

/// <summary>An invoice after a change.</summary>
/// <param name="Invoice">As it is now.</param>
/// <param name="MadeId">The payment or credit note that was made; the invoice's own id where none was.</param>
/// <param name="Unbilled">Why its bill is not with the payment provider yet; null when nothing is missing.</param>
public sealed record ChangedInvoice(InvoiceView Invoice, Guid MadeId, string? Unbilled);
