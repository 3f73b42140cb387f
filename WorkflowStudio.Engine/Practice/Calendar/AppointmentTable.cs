using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>
/// Appointments as desks and programs keep them. Like every booking, a change takes its turn in the writer and looks there whether the
/// time is free: that is why none overlap.
/// </summary>
internal sealed class AppointmentTable(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events,
    StudioAddress address)
    : PracticeTable<AppointmentRow>(writer, contexts, ids, clock)
{
    public override string Name => "appointments";

    public override string One => "appointment";

    public override string Title => "Appointments";

    public override string Does =>
        "Who comes when. One that is booked begins within the opening hours, at a time at which nobody else comes to the same person.";

    public override string Conflict => "`slot_taken`: somebody else comes to this person at that time.";

    public override string Order => "the latest comes first";

    protected override IReadOnlyList<PracticeField<AppointmentRow>> Columns { get; } =
    [
        Column("contactId", "Contact", FieldKind.Record, a => a.ContactId,
            new() { IsNeeded = true, Hint = "The id of a contact, or the e-mail address that only this one has." }),
        Column("typeId", "Appointment type", FieldKind.Record, a => a.TypeId,
            new() { IsNeeded = true, Hint = "The id of an appointment type, its id in steps, or its name." }),
        Column("startsAt", "Begins", FieldKind.Moment, a => a.StartsAt,
            new() { IsNeeded = true, Hint = "Without an offset it is meant on the practice's clock." }),
        Column("status", "Status", FieldKind.Choice, a => a.Status,
            new() { Choices = FieldChoice.Of<AppointmentStatus>(), Hint = "The time of one that is canceled is free again." }),
        Column("with", "With", FieldKind.Text, a => a.With,
            new() { Longest = 120, IsSearched = true, Hint = "Who sees the client. Empty: as the type says." }),
        Column("cancelReason", "Why it was called off", FieldKind.Text, a => a.CancelReason,
            new() { Longest = 500, Hint = "Kept while it is canceled." }),
        Column("notes", "Notes", FieldKind.LongText, a => a.Notes, new() { Longest = 5_000, IsSearched = true }),
        Column("endsAt", "Ends", FieldKind.Moment, a => a.EndsAt, new() { IsTold = true, Hint = "The type says how long it takes." }),
        Column("contactName", "Name of the contact", FieldKind.Text, a => a.ContactName, new() { IsLookedUp = true }),
        Column("typeName", "Name of the type", FieldKind.Text, a => a.TypeName, new() { IsLookedUp = true }),
        Column("invitationUrl", "Invitation", FieldKind.Link, a => a.InvitationUrl, new()
        {
            IsLookedUp = true, Longest = 2_000,
            Hint = "A file for the client's own calendar (iCalendar); whoever has the address can read it.",
        }),
    ];

    protected override int? RevisionOf(AppointmentRow row) => row.Sequence;

    protected override string NameOf(AppointmentRow row) => row.ContactName is null ? "" : $"{row.ContactName}, {row.TypeName}";

    protected override AppointmentRow New(Tenant tenant) => new() { Token = LinkToken.New() };

    protected override IQueryable<AppointmentRow> InOrder(IQueryable<AppointmentRow> rows) =>
        rows.OrderByDescending(a => a.StartsAt).ThenByDescending(a => a.Id);

    protected override void Resolve(
        StudioDbContext db, Tenant tenant, IDictionary<string, object?> values, ICollection<FieldProblem> problems)
    {
        if (values.TryGetValue("contactId", out var contact) && contact is string sent && sent.ToLowerInvariant() is var email)
            Put("contactId", db.Contacts.Of(tenant).Where(c => c.Email == email).Select(c => c.Id).Take(2).ToList(),
                $"No contact has the address {ShownText.Cut(email, 80)}.",
                $"Several contacts have the address {ShownText.Cut(email, 80)}. Name one by its id.");
        if (values.TryGetValue("typeId", out var type) && type is string name)
            Put("typeId", db.AppointmentTypes.Of(tenant).Where(t => t.Alias == name || t.Name == name).Select(t => t.Id).Take(2).ToList(),
                $"There is no appointment type {ShownText.Cut(name, 80)}.",
                $"There are several appointment types {ShownText.Cut(name, 80)}. Name one by its id.");
        if (!values.TryGetValue("startsAt", out var time) || time is not LocalDateTime local) return;
        if (local.Year is < 1000 or > 9000)
        {
            problems.Add(AppointmentCheck.Beyond);
            return;
        }

        var zone = PracticeClock.ZoneOf(db, tenant.WorkspaceId);
        var meant = zone.MapLocal(local);
        if (meant.Count > 0) values["startsAt"] = meant.First().ToDateTimeOffset();
        else problems.Add(new("startsAt", $"The clock of {zone.Id} skips this time: it is set forward then. Choose another."));

        void Put(string field, List<Guid> found, string none, string several)
        {
            if (found.Count == 1) values[field] = found[0];
            else problems.Add(new(field, found.Count == 0 ? none : several));
        }
    }

    protected override IEnumerable<FieldProblem> Check(StudioDbContext db, Tenant tenant, AppointmentRow row)
    {
        var (was, now) = (Before(db, row), Now);
        if (was?.StartsAt != row.StartsAt && AppointmentCheck.Time(row, now) is { } time) return [time];
        if (db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == row.ContactId) is not { } contact)
            return [new("contactId", "There is no contact with this id.")];
        if (db.AppointmentTypes.Of(tenant).FirstOrDefault(t => t.Id == row.TypeId) is not { } type)
            return [new("typeId", "There is no appointment type with this id.")];
        if (!type.IsActive && was?.TypeId != type.Id)
            return [new("typeId", $"“{type.Name}” is not offered any more. Choose another appointment type.")];
        var zone = PracticeClock.ZoneOf(db, tenant.WorkspaceId);
        Fill(row, was, type);
        Tell(row, zone, contact, type.Name);
        return new AppointmentCheck(db, tenant, zone, now).Of(row, was);
    }

    protected override async Task LookUpAsync(
        StudioDbContext db, Tenant tenant, IReadOnlyList<AppointmentRow> rows, CancellationToken cancellationToken)
    {
        List<Guid> people = [.. rows.Select(a => a.ContactId).Distinct()], types = [.. rows.Select(a => a.TypeId).Distinct()];
        var contacts = await db.Contacts.AsNoTracking().Of(tenant).Where(c => people.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        var names = await db.AppointmentTypes.AsNoTracking().Of(tenant).Where(t => types.Contains(t.Id))
            .ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        foreach (var row in rows) Tell(row, zone, contacts[row.ContactId], names[row.TypeId]);
    }

    // what took place already when it is noted is no news
    protected override void Added(StudioWrite write, Tenant tenant, AppointmentRow row)
    {
        row.ChangedAt = row.CreatedAt;
        if (row.Status == AppointmentStatus.Booked)
            events.Raise(write, tenant, CalendarEvents.Booked(write.Db, row, row.TypeName!, address));
    }

    protected override void Changed(StudioWrite write, Tenant tenant, AppointmentRow row)
    {
        row.ChangedAt = Now;
        row.Sequence++;
        events.Raise(write, tenant, CalendarEvents.Of(write.Db, Before(write.Db, row)!, row, row.TypeName!, address));
    }

    protected override string? UsedBy(StudioWrite write, Tenant tenant, AppointmentRow row) => row.Status == AppointmentStatus.Canceled
        ? null
        : "An appointment is called off before it is removed: set its status to canceled. Then its time is free, and it can be removed.";

    // as it is stored; null for one that is not yet
    private static AppointmentRow? Before(StudioDbContext db, AppointmentRow row) =>
        db.Entry(row) is { State: not (EntityState.Detached or EntityState.Added) } entry
            ? (AppointmentRow)entry.OriginalValues.ToObject() : null;

    private static void Fill(AppointmentRow row, AppointmentRow? was, AppointmentTypeRow type)
    {
        var isOther = was is null || was.TypeId != type.Id;
        if (row.With.Length == 0 || (isOther && row.With == was?.With)) row.With = type.With;
        if (isOther || was!.StartsAt != row.StartsAt)
        {
            row.EndsAt = row.StartsAt.AddMinutes(type.Minutes);
            row.FreeAt = row.EndsAt.AddMinutes(type.BufferMinutes);
        }

        if (row.Status != AppointmentStatus.Canceled) row.CancelReason = "";
    }

    private void Tell(AppointmentRow row, DateTimeZone zone, ContactRow contact, string type)
    {
        (row.ContactName, row.TypeName, row.InvitationUrl) = (contact.ToContact().Name, type, address.Invitation(row.Token));
        (row.StartsAt, row.EndsAt) = (row.StartsAt.On(zone), row.EndsAt.On(zone));
    }
}
