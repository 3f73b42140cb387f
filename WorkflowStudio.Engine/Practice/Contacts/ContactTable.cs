using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>The people a practice deals with, as they are kept by hand and by files.</summary>
internal sealed class ContactTable(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events,
    IEnumerable<IContactUse> uses)
    : PracticeTable<ContactRow>(writer, contexts, ids, clock)
{
    public override string Name => "contacts";

    public override string One => "contact";

    public override string Title => "Contacts";

    public override string Does => "The people your practice deals with. Workflows add whom they meet.";

    public override string? Key => "email";

    // sequences and graph answer for single ones and lists of them
    public override bool IsAnsweredElsewhere => true;

    protected override IReadOnlyList<PracticeField<ContactRow>> Columns { get; } =
    [
        Column("firstName", "First name", FieldKind.Text, c => c.FirstName, new() { IsSearched = true }),
        Column("lastName", "Last name", FieldKind.Text, c => c.LastName, new() { IsSearched = true }),
        Column("email", "E-mail", FieldKind.Email, c => c.Email, new() { IsSearched = true, IsListed = true }),
        Column("phone", "Phone", FieldKind.Phone, c => c.Phone,
            new() { IsSearched = true, IsListed = true, Hint = "With the country: +1 713 555 0142." }),
    ];

    protected override string NameOf(ContactRow row) => row.ToContact().Name;

    protected override IEnumerable<FieldProblem> Check(StudioDbContext db, Tenant tenant, ContactRow row)
    {
        if (row.Email is "") row.Email = null;
        if (row.Phone is "") row.Phone = null;
        if (row is { FirstName: "", LastName: "", Email: null, Phone: null })
            yield return new("", "A contact has at least a name, an e-mail address or a phone number.");
    }

    // families share an address
    protected override bool IsSame(ContactRow row, IReadOnlyDictionary<string, object?> values) =>
        row.FirstName.Length == 0 || values.GetValueOrDefault("firstName") is not string first
        || string.Equals(row.FirstName, first, StringComparison.OrdinalIgnoreCase);

    protected override IQueryable<ContactRow> Searched(IQueryable<ContactRow> rows, string like) => rows.Holding(like);

    protected override void Added(StudioWrite write, Tenant tenant, ContactRow row) =>
        events.Raise(write, tenant, ContactEvents.Created(row));

    protected override void Changed(StudioWrite write, Tenant tenant, ContactRow row) =>
        events.Raise(write, tenant, ContactEvents.Updated(row));

    protected override string? UsedBy(StudioWrite write, Tenant tenant, ContactRow row) => uses.KeepsAny(write, tenant, row.Id)
        ? "A run that is not over, an invoice or an appointment is for this contact, so it cannot be removed."
        : null;
}
