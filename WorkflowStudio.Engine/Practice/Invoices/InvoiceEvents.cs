using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The events of the practice's own data, raised where the row is written. Their data names the client as steps look for one.</summary>
internal static class PracticeEvents
{
    public static PlatformEvent ContactCreated(ContactRow contact) => new("contact-created", () => Client(contact));

    public static PlatformEvent ContactUpdated(ContactRow contact) => new("contact-updated", () => Client(contact));

    public static PlatformEvent InvoiceCreated(StudioDbContext db, InvoiceRow invoice) => new("invoice.created", () => Bill(db, invoice));

    public static PlatformEvent InvoicePaid(StudioDbContext db, InvoiceRow invoice) => new("invoice.paid", () => Bill(db, invoice));

    public static PlatformEvent InvoiceOverdue(StudioDbContext db, InvoiceRow invoice) => new("invoice.overdue", () => Bill(db, invoice));

    public static PlatformEvent AppointmentBooked(StudioDbContext db, AppointmentRow appointment, AppointmentTypeRow type) =>
        new("appointment.booked", () => Visit(db, appointment, type));

    private static JsonElement Client(ContactRow c) => JsonSerializer.SerializeToElement(
        new { contact_id = c.Id, first_name = c.FirstName, last_name = c.LastName, email = c.Email, phone = c.Phone });

    private static JsonElement Bill(StudioDbContext db, InvoiceRow i)
    {
        var c = db.Contacts.Find(i.ContactId);
        return JsonSerializer.SerializeToElement(new
        {
            invoice_id = i.Id,
            number = InvoiceLedger.NumberOf(i.Sequence),
            status = i.Status.ToString().ToLowerInvariant(),
            total_cents = i.TotalCents,
            currency = i.Currency,
            due_on = i.DueOn,
            contact_id = i.ContactId,
            first_name = c?.FirstName,
            last_name = c?.LastName,
            email = c?.Email,
            phone = c?.Phone,
        });
    }

    private static JsonElement Visit(StudioDbContext db, AppointmentRow a, AppointmentTypeRow type)
    {
        var c = db.Contacts.Find(a.ContactId);
        return JsonSerializer.SerializeToElement(new
        {
            appointment_id = a.Id,
            appointment_type = type.Name,
            with = a.With,
            starts_at = a.StartsAt,
            ends_at = a.EndsAt,
            contact_id = a.ContactId,
            first_name = c?.FirstName,
            last_name = c?.LastName,
            email = c?.Email,
            phone = c?.Phone,
        });
    }
}
