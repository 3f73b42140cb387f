using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>The events of the calendar, raised where the row is written. Their data names the client as steps look for one.</summary>
internal static class CalendarEvents
{
    public static PlatformEvent Booked(StudioDbContext db, AppointmentRow appointment, string type, StudioAddress address) =>
        new(KnownEvents.AppointmentBooked, () => Visit(db, appointment, type, address, null));

    /// <summary>What a change was: one event, whatever else was changed with it.</summary>
    /// <param name="db">The context in which it was made.</param>
    /// <param name="was">The appointment before.</param>
    /// <param name="now">The appointment as it is now.</param>
    /// <param name="type">The name of its type.</param>
    /// <param name="address">Where clients reach the studio.</param>
    public static PlatformEvent Of(StudioDbContext db, AppointmentRow was, AppointmentRow now, string type, StudioAddress address)
    {
        var name = (was.Status, now.Status) switch
        {
            (not AppointmentStatus.Canceled, AppointmentStatus.Canceled) => KnownEvents.AppointmentCanceled,
            (AppointmentStatus.Canceled, AppointmentStatus.Booked) => KnownEvents.AppointmentBooked,
            (_, AppointmentStatus.Booked) when was.StartsAt != now.StartsAt => KnownEvents.AppointmentRescheduled,
            _ => KnownEvents.AppointmentUpdated,
        };
        return new(name, () => Visit(db, now, type, address, was));
    }

    private static JsonElement Visit(
        StudioDbContext db, AppointmentRow a, string type, StudioAddress address, AppointmentRow? was)
    {
        var c = db.Contacts.Find(a.ContactId);
        return JsonSerializer.SerializeToElement(new
        {
            appointment_id = a.Id,
            appointment_type = type,
            with = a.With,
            starts_at = a.StartsAt,
            ends_at = a.EndsAt,
            status = FieldChoice.ValueOf(a.Status),
            cancel_reason = a.CancelReason,
            previous_starts_at = was?.StartsAt.ToOffset(a.StartsAt.Offset),
            invitation_url = address.Invitation(a.Token),
            contact_id = a.ContactId,
            first_name = c?.FirstName,
            last_name = c?.LastName,
            email = c?.Email,
            phone = c?.Phone,
        });
    }
}
