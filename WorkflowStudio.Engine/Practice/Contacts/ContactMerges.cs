using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>
/// Makes one contact of two that are the same person. All that named the one names the other from then on; runs that know its id still find
/// the person by it.
/// </summary>
public sealed class ContactMerges
{
    private const int MostGroups = 50;
    private const int MostAlike = 20;

    private static readonly ConnectorProblem Unknown = new("contact_unknown", "There is no contact with this id.");

    private readonly IStudioWriter writer;
    private readonly IDbContextFactory<StudioDbContext> contexts;
    private readonly TimeProvider clock;
    private readonly PlatformEvents events;
    private readonly IEnumerable<IContactRows> rows;

    internal ContactMerges(
        IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, TimeProvider clock, PlatformEvents events,
        IEnumerable<IContactRows> rows) =>
        (this.writer, this.contexts, this.clock, this.events, this.rows) = (writer, contexts, clock, events, rows);

    /// <summary>
    /// Makes one of two. What the kept one lacks is taken from the other. Problems: <c>contact_unknown</c> (of the kept one),
    /// <c>other_unknown</c>, <c>same_contact</c>.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="id">The one that is kept.</param>
    /// <param name="other">The one that goes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Answer<KnownContact>> MergeAsync(Tenant tenant, Guid id, Guid other, CancellationToken cancellationToken) =>
        await writer.WriteAsync<Answer<KnownContact>>(tenant.WorkspaceId, write =>
        {
            var db = write.Db;
            if (db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == id) is not { } kept) return Unknown;
            if (id == other) return new ConnectorProblem("same_contact", "It is the same contact. Choose another one.");
            if (db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == other) is not { } gone)
                return Unknown with { Code = "other_unknown" };
            foreach (var each in rows) each.Move(db, other, id);
            if (kept is { FirstName: "", LastName: "" }) (kept.FirstName, kept.LastName) = (gone.FirstName, gone.LastName);
            else if (kept.LastName.Length == 0) kept.LastName = gone.LastName;
            kept.Email ??= gone.Email;
            kept.Phone ??= gone.Phone;
            kept.CustomerId ??= gone.CustomerId;
            db.ContactMerges.Where(m => m.IntoId == other).ExecuteUpdate(set => set.SetProperty(m => m.IntoId, id));
            db.ContactMerges.Add(new ContactMergeRow
            {
                Id = other, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = clock.GetUtcNow(), IntoId = id,
                Email = gone.Email, Phone = gone.Phone,
            });
            db.Remove(gone);
            events.Raise(write, tenant, ContactEvents.Merged(kept, other));
            return KnownContact.Of(kept);
        }, cancellationToken);

    /// <summary>
    /// Contacts that look like one person: the same e-mail address or phone number, and no two first names. At most 50 groups, each with
    /// who is known longest first.
    /// </summary>
    public async Task<List<IReadOnlyList<KnownContact>>> DoublesAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = db.Contacts.AsNoTracking().Of(tenant);
        var emails = await all.Where(c => c.Email != null).GroupBy(c => c.Email).Where(g => g.Count() > 1).Select(g => g.Key)
            .Take(MostGroups).ToListAsync(cancellationToken);
        var phones = await all.Where(c => c.Phone != null).GroupBy(c => c.Phone).Where(g => g.Count() > 1).Select(g => g.Key)
            .Take(MostGroups).ToListAsync(cancellationToken);
        var alike = await all.Where(c => emails.Contains(c.Email) || phones.Contains(c.Phone)).OrderBy(c => c.CreatedAt)
            .Take(MostGroups * MostAlike).ToListAsync(cancellationToken);
        var seen = new HashSet<Guid>();
        var groups = new List<IReadOnlyList<KnownContact>>();
        foreach (var one in alike)
        {
            if (groups.Count == MostGroups || seen.Contains(one.Id)) continue;
            var group = alike.Where(c => !seen.Contains(c.Id) && (c.Id == one.Id || AreOne(one, c))).Take(MostAlike).ToList();
            if (group.Count < 2) continue;
            seen.UnionWith(group.Select(c => c.Id));
            groups.Add([.. group.Select(KnownContact.Of)]);
        }

        return groups;
    }

    /// <summary>Those that look like the same person as one, who is known longest first; none where it is not there.</summary>
    public async Task<List<KnownContact>> AlikeAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = db.Contacts.AsNoTracking().Of(tenant);
        if (await all.FirstOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } one) return [];
        var (email, phone) = (one.Email, one.Phone);
        // two questions, each from its index
        var rows = new List<ContactRow>();
        if (email is not null) rows.AddRange(await FirstAsync(all.Where(c => c.Email == email && c.Id != id)));
        if (phone is not null) rows.AddRange(await FirstAsync(all.Where(c => c.Phone == phone && c.Id != id)));
        return [.. rows.DistinctBy(c => c.Id).Where(c => AreOne(one, c)).Select(KnownContact.Of)];

        Task<List<ContactRow>> FirstAsync(IQueryable<ContactRow> found) =>
            found.OrderBy(c => c.CreatedAt).Take(MostAlike).ToListAsync(cancellationToken);
    }

    private static bool AreOne(ContactRow one, ContactRow other) =>
        ((one.Email is not null && one.Email == other.Email) || (one.Phone is not null && one.Phone == other.Phone))
        && (one.FirstName.Length == 0 || other.FirstName.Length == 0
            || string.Equals(one.FirstName, other.FirstName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// A contact that was made one with another. Its id is that of the one that went; whoever still comes by its address or number is the other
/// one.
/// </summary>
public sealed class ContactMergeRow : TenantRow
{
    /// <summary>The address that it had; null for none.</summary>
    public string? Email { get; set; }

    /// <summary>The number that it had; null for none.</summary>
    public string? Phone { get; set; }

    /// <summary>The one that is left.</summary>
    public Guid IntoId { get; set; }
}

internal sealed class ContactMergeConfiguration : IEntityTypeConfiguration<ContactMergeRow>
{
    public void Configure(EntityTypeBuilder<ContactMergeRow> builder)
    {
        builder.ToTable("contact_merges");
        builder.HasOneEffectPerKey();
        builder.HasIndex(m => m.IntoId);
        builder.HasIndex(m => new { m.WorkspaceId, m.Environment, m.Email }).HasFilter("\"Email\" IS NOT NULL");
        builder.HasIndex(m => new { m.WorkspaceId, m.Environment, m.Phone }).HasFilter("\"Phone\" IS NOT NULL");
    }
}

/// <summary>The table of contacts that went into others.</summary>
internal static class ContactMergeTables
{
    extension(StudioDbContext db)
    {
        public DbSet<ContactMergeRow> ContactMerges => db.Set<ContactMergeRow>();

        /// <summary>The id under which a contact is known now: its own, unless it went into another.</summary>
        public Guid NowOf(Guid contactId) =>
            db.ContactMerges.Where(m => m.Id == contactId).Select(m => (Guid?)m.IntoId).FirstOrDefault() ?? contactId;

        /// <summary>Who had an address or number before they were made one with another; null where nobody had.</summary>
        public Guid? FormerOwnerOf(Tenant tenant, string? email, string? phone)
        {
            var all = db.ContactMerges.Of(tenant).OrderBy(m => m.CreatedAt);
            return (email is null ? null : all.Where(m => m.Email == email).Select(m => (Guid?)m.IntoId).FirstOrDefault())
                ?? (phone is null ? null : all.Where(m => m.Phone == phone).Select(m => (Guid?)m.IntoId).FirstOrDefault());
        }

        /// <summary>Every id under which a contact was known: its own first.</summary>
        public List<Guid> AllOf(Guid contactId) =>
            [contactId, .. db.ContactMerges.Where(m => m.IntoId == contactId).Select(m => m.Id)];
    }
}

/// <summary>Rows that name contacts.</summary>
internal interface IContactRows
{
    /// <summary>Lets those that name one name another.</summary>
    void Move(StudioDbContext db, Guid from, Guid to);
}

/// <summary>Those of one table, whose column is <c>ContactId</c>.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <typeparam name="TId">The column: an id, or one that may be null.</typeparam>
internal sealed class ContactRows<TRow, TId> : IContactRows
    where TRow : class
{
    private const string Column = "ContactId";

    public void Move(StudioDbContext db, Guid from, Guid to) => db.Set<TRow>()
        .Where(r => EF.Property<Guid?>(r, Column) == from)
        .ExecuteUpdate(set => set.SetProperty(r => EF.Property<TId>(r, Column), (TId)(object)to));
}
