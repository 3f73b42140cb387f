using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>Books what comes in for an invoice: the last of it wakes the runs that wait for its payment, and is told.</summary>
internal sealed class InvoiceBooks(PlatformEvents events)
{
    /// <summary>A payment of all that is still to be paid.</summary>
    public static PaymentRow Payment(
        InvoiceRow invoice, Guid id, string method, string? effectKey, DateTimeOffset now, bool simulated) => new()
        {
            Id = id,
            WorkspaceId = invoice.WorkspaceId,
            Environment = invoice.Environment,
            EffectKey = effectKey,
            CreatedAt = now,
            PaidAt = now,
            InvoiceId = invoice.Id,
            Method = method,
            AmountCents = invoice.BalanceCents,
            Currency = invoice.Currency,
            Simulated = simulated,
        };

    /// <summary>The same, noted without saying how.</summary>
    public static PaymentRow Recorded(InvoiceRow invoice, Guid id, DateTimeOffset now)
    {
        var payment = Payment(invoice, id, "recorded", null, now, simulated: false);
        payment.ByHand = true;
        return payment;
    }

    /// <summary>Books a payment, or what was paid back.</summary>
    public void Book(StudioWrite write, Tenant tenant, InvoiceRow row, PaymentRow payment, Guid? runId)
    {
        write.Db.Payments.Add(payment);
        row.PaidCents += payment.AmountCents;
        if (row is { IsUnpaid: true, BalanceCents: <= 0 }) Settle(write, tenant, row, payment.Method, payment.PaidAt, runId);
    }

    /// <summary>An invoice of which nothing is left to pay is paid.</summary>
    public void Settle(StudioWrite write, Tenant tenant, InvoiceRow row, string method, DateTimeOffset at, Guid? runId)
    {
        (row.Status, row.PaidAt) = (InvoiceStatus.Paid, at);
        write.Signal(tenant, Invoice.PaidSignal(row.Id), JsonSerializer.SerializeToElement(new
        {
            invoice_id = row.Id, number = InvoiceNumber.Text(row.Sequence), total_cents = row.TotalCents, currency = row.Currency,
            method, paid_at = at,
        }));
        events.Raise(write, tenant, InvoiceEvents.Paid(write.Db, row) with { RaisedBy = runId });
    }
}
