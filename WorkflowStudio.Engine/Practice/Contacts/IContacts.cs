using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>The people a practice deals with.</summary>
public interface IContacts
{
    /// <summary>
    /// Finds the person by e-mail, else by phone when the names agree, and fills in what was not known; else adds the person. What is known
    /// is never overwritten: the fields often come from a public form. Problem: <c>contact_empty</c> when no field says anything.
    /// </summary>
    Task<Answer<Contact>> UpsertAsync(Tenant tenant, ContactFields fields, EffectSource source, CancellationToken cancellationToken);

    /// <summary>The person, or null.</summary>
    Task<Contact?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);

    /// <summary>The person of this e-mail address who has been known longest, or null.</summary>
    Task<Contact?> FindByEmailAsync(Tenant tenant, string email, CancellationToken cancellationToken);
}

/// <summary>Changes what is known of people, for whoever may be taken at their word.</summary>
public interface IContactChanges
{
    /// <summary>Changes what is known of a person; null when there is none of this id.</summary>
    Task<KnownContact?> ChangeAsync(
        Tenant tenant, Guid id, Func<Contact, ContactFields> change, EffectSource? source, CancellationToken cancellationToken);
}

/// <summary>A person.</summary>
/// <param name="Id">The id.</param>
/// <param name="FirstName">May be empty.</param>
/// <param name="LastName">May be empty.</param>
/// <param name="Email">In lower case, or null.</param>
/// <param name="Phone">E.164 where it could be made so, or null.</param>
public sealed record Contact(Guid Id, string FirstName, string LastName, string? Email, string? Phone)
{
    /// <summary>What to call the person: the name, else the e-mail, else the phone.</summary>
    public string Name => ContactFields.NameOf(FirstName, LastName) ?? Email ?? Phone ?? "Unnamed";
}
