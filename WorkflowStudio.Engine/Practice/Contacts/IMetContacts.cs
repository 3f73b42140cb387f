using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>Finds or adds the person that something tells of, in the transaction in which that is kept.</summary>
public interface IMetContacts
{
    /// <summary>The same as <see cref="IContacts.UpsertAsync"/>; something has to be told.</summary>
    Contact Meet(StudioWrite write, Tenant tenant, ContactFields fields, EffectSource source);
}
