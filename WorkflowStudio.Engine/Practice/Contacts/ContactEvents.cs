using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>The events of contacts, raised where the row is written. Their data names the client as steps look for one.</summary>
internal static class ContactEvents
{
    public static PlatformEvent Created(ContactRow contact) => new(KnownEvents.ContactCreated, () => Client(contact));

    public static PlatformEvent Updated(ContactRow contact) => new(KnownEvents.ContactUpdated, () => Client(contact));

    /// <summary>Tells that another contact was the same person.</summary>
    public static PlatformEvent Merged(ContactRow kept, Guid other)
    {
        var data = JsonSerializer.SerializeToElement(new
        {
            contact_id = kept.Id, merged_contact_id = other, first_name = kept.FirstName, last_name = kept.LastName, email = kept.Email,
            phone = kept.Phone,
        });
        return new PlatformEvent(KnownEvents.ContactMerged, () => data);
    }

    private static JsonElement Client(ContactRow c) => JsonSerializer.SerializeToElement(
        new { contact_id = c.Id, first_name = c.FirstName, last_name = c.LastName, email = c.Email, phone = c.Phone });
}
