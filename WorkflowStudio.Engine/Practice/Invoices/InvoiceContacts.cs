using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>An invoice names whom it is for.</summary>
internal sealed class InvoiceContacts : IContactUse
{
    public bool Uses(StudioWrite write, Guid contactId) => write.Db.Invoices.Any(i => i.ContactId == contactId);
}
