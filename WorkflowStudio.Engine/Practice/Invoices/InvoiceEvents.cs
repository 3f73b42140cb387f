using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The events of invoices, raised where the row is written. Their data names the client as steps look for one.</summary>
internal static class InvoiceEvents
{
    public static PlatformEvent Created(StudioDbContext db, InvoiceRow invoice) => new(KnownEvents.InvoiceCreated, () => Bill(db, invoice));

    public static PlatformEvent Paid(StudioDbContext db, InvoiceRow invoice) => new(KnownEvents.InvoicePaid, () => Bill(db, invoice));

    public static PlatformEvent Overdue(StudioDbContext db, InvoiceRow invoice) => new(KnownEvents.InvoiceOverdue, () => Bill(db, invoice));

    public static PlatformEvent Updated(StudioDbContext db, InvoiceRow invoice) => new(KnownEvents.InvoiceUpdated, () => Bill(db, invoice));

    public static PlatformEvent Voided(StudioDbContext db, InvoiceRow invoice) => new(KnownEvents.InvoiceVoided, () => Bill(db, invoice));

    private static JsonElement Bill(StudioDbContext db, InvoiceRow i)
    {
        var c = db.Contacts.Find(i.ContactId);
        return JsonSerializer.SerializeToElement(new
        {
            invoice_id = i.Id,
            number = InvoiceNumber.Text(i.Sequence),
            status = i.Status.ToString().ToLowerInvariant(),
            total_cents = i.TotalCents,
            balance_cents = i.BalanceCents,
            currency = i.Currency,
            due_on = i.DueOn,
            contact_id = i.ContactId,
            first_name = c?.FirstName,
            last_name = c?.LastName,
            email = c?.Email,
            phone = c?.Phone,
        });
    }
}
