using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>The events of the calendar, raised where the row is written. Their data names the client as steps look for one.</summary>
internal static class CalendarEvents
{
    public static PlatformEvent Booked(StudioDbContext db, AppointmentRow appointment, AppointmentTypeRow type) =>
        new(KnownEvents.AppointmentBooked, () => Visit(db, appointment, type));

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
