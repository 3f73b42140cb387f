using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>What somebody who may says of contacts: unlike what a public form tells, it is taken at its word.</summary>
public sealed class ContactBook(
    IStudioWriter writer, IdFactory ids, TimeProvider clock, PlatformEvents events, IEnumerable<IContactUse> uses)
    : IContactChanges
{
    /// <summary>Adds a person, also one who is known already.</summary>
    public Task<KnownContact> AddAsync(
        Tenant tenant, ContactFields fields, Func<KnownContact, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.New(), clock.GetUtcNow());
        return writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var row = new ContactRow { Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = now };
            Take(row, fields);
            write.Db.Contacts.Add(row);
            events.Raise(write, tenant, ContactEvents.Created(row));
            var added = KnownContact.Of(row);
            write.Record(answer?.Invoke(added));
            return added;
        }, cancellationToken);
    }

    /// <summary>Changes what is known of a person; null when there is none of this id.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="id">The contact.</param>
    /// <param name="change">What is known from now on.</param>
    /// <param name="source">The step that does it; null for a person.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<KnownContact?> ChangeAsync(
        Tenant tenant, Guid id, Func<Contact, ContactFields> change, EffectSource? source, CancellationToken cancellationToken) =>
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            if (Find(write, tenant, id) is not { } row) return null;
            var before = row.ToContact();
            Take(row, change(before));
            if (row.ToContact() != before) events.Raise(write, tenant, ContactEvents.Updated(row) with { RaisedBy = source?.RunId });
            return KnownContact.Of(row);
        }, cancellationToken);

    /// <summary>Removes a person, unless something still needs it.</summary>
    public async Task<ContactRemoval> RemoveAsync(Tenant tenant, Guid id, CancellationToken cancellationToken) =>
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            if (Find(write, tenant, id) is not { } row) return ContactRemoval.Unknown;
            if (uses.KeepsAny(write, tenant, id)) return ContactRemoval.Used;
            write.Db.Contacts.Remove(row);
            return ContactRemoval.Done;
        }, cancellationToken);

    private static ContactRow? Find(StudioWrite write, Tenant tenant, Guid id) =>
        write.Db.NowOf(id) is var now ? write.Db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == now) : null;

    private static void Take(ContactRow row, ContactFields fields)
    {
        (row.FirstName, row.LastName) = (fields.FirstName ?? "", fields.LastName ?? "");
        (row.Email, row.Phone) = (fields.Email, fields.Phone);
    }
}

/// <summary>What became of the wish to remove a contact.</summary>
public enum ContactRemoval
{
    /// <summary>There is none of this id.</summary>
    Unknown,

    /// <summary>A run that is not over, an invoice or an appointment is for this person.</summary>
    Used,

    /// <summary>It is gone.</summary>
    Done,
}

/// <summary>What keeps contacts that it names from being removed.</summary>
public interface IContactUse
{
    /// <summary>Whether it names this one.</summary>
    bool Uses(StudioWrite write, Guid contactId);
}

internal static class ContactUses
{
    /// <summary>Whether a run that is not over, or anything else that names contacts, keeps one from being removed.</summary>
    public static bool KeepsAny(this IEnumerable<IContactUse> uses, StudioWrite write, Tenant tenant, Guid contactId) =>
        write.Db.Runs.Any(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment
            && r.ContactId == contactId && r.FinishedAt == null) || uses.Any(u => u.Uses(write, contactId));
}
