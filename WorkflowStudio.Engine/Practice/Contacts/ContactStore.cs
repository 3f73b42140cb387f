using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>Contacts in the practice's own tables.</summary>
internal sealed class ContactStore(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events)
    : IContacts, IMetContacts
{
    private static readonly ConnectorProblem Empty = new("contact_empty",
        "Nobody is named: neither a name nor an e-mail nor a phone number was given. Send first_name and email or phone.");

    public async Task<Answer<Contact>> UpsertAsync(
        Tenant tenant, ContactFields fields, EffectSource source, CancellationToken cancellationToken)
    {
        if (fields.IsEmpty) return Empty;
        return await writer.WriteAsync(tenant.WorkspaceId, write => Meet(write, tenant, fields, source), cancellationToken);
    }

    public Contact Meet(StudioWrite write, Tenant tenant, ContactFields fields, EffectSource source)
    {
        var row = Known(write.Db, tenant, fields, source.Key);
        var (isNew, before) = (row is null, row?.ToContact());
        if (row is null)
        {
            row = new ContactRow
            {
                Id = ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, EffectKey = source.Key,
                CreatedAt = clock.GetUtcNow(),
            };
            write.Db.Contacts.Add(row);
        }

        ContactRules.Fill(row, fields);
        var contact = row.ToContact();
        if (isNew) events.Raise(write, tenant, ContactEvents.Created(row) with { RaisedBy = source.RunId });
        else if (contact != before) events.Raise(write, tenant, ContactEvents.Updated(row) with { RaisedBy = source.RunId });
        return contact;
    }

    public async Task<Contact?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = db.NowOf(id);
        var row = await db.Contacts.AsNoTracking().Of(tenant).FirstOrDefaultAsync(c => c.Id == now, cancellationToken);
        return row?.ToContact();
    }

    public async Task<Contact?> FindByEmailAsync(Tenant tenant, string email, CancellationToken cancellationToken)
    {
        if (ContactFields.Of(null, null, email, null).Email is not { } clean) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Contacts.AsNoTracking().Of(tenant).Where(c => c.Email == clean).OrderBy(c => c.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return row?.ToContact();
    }

    private static ContactRow? Known(StudioDbContext db, Tenant tenant, ContactFields fields, string effectKey)
    {
        if (db.Contacts.MadeBy(tenant, effectKey) is { } made) return made;
        if (fields.Email is { } email
            && db.Contacts.Of(tenant).OrderBy(c => c.CreatedAt).FirstOrDefault(c => c.Email == email) is { } byEmail)
            return byEmail;
        return ByPhone(db, tenant, fields) ?? Former(db, tenant, fields);
    }

    // who came by this before two contacts were made one
    private static ContactRow? Former(StudioDbContext db, Tenant tenant, ContactFields fields) =>
        db.FormerOwnerOf(tenant, fields.Email, fields.Email is null ? fields.Phone : null) is { } id
            && db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == id) is { } row
            && (fields.Email is not null || ContactRules.IsSame(row, fields)) ? row : null;

    private static ContactRow? ByPhone(StudioDbContext db, Tenant tenant, ContactFields fields)
    {
        if (fields.Phone is not { } phone) return null;
        return db.Contacts.Of(tenant).Where(c => c.Phone == phone && (c.Email == null || fields.Email == null))
            .OrderBy(c => c.CreatedAt).Take(20)
            .AsEnumerable().FirstOrDefault(c => ContactRules.IsSame(c, fields));
    }
}
