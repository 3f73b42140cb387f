using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>An appointment names who comes.</summary>
internal sealed class CalendarContacts : IContactUse
{
    public bool Uses(StudioWrite write, Guid contactId) => write.Db.Appointments.Any(a => a.ContactId == contactId);
}
