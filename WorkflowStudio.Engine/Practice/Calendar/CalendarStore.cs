using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>
/// The practice's own calendar. Bookings are made one after the other in the writer's transactions: that is why none overlap.
/// </summary>
internal sealed class CalendarStore(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, CalendarRules rules,
    PlatformEvents events, StudioAddress address) : ICalendar
{
    private const int DaysAtATime = 7;

    public async Task<IReadOnlyList<AppointmentType>> TypesAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.AppointmentTypes.AsNoTracking().Of(tenant).Where(t => t.IsActive).OrderBy(t => t.Position).ThenBy(t => t.Name)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    // some days at a time: a full calendar is not read to its end for the first few times that are free
    public async Task<IReadOnlyList<FreeSlot>> FreeSlotsAsync(Tenant tenant, SlotSearch search, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        var open = await OpenTimes.AllAsync(db, tenant, search.After.DayOn(zone), cancellationToken);
        var (finding, limit, slots) =
            (new FreeSlotSearch(zone, open, rules), Math.Clamp(search.Limit, 1, SlotSearch.MaxLimit), new List<FreeSlot>());
        foreach (var days in finding.Days(search).Chunk(DaysAtATime))
        {
            var from = days[0].AtStartOfDayInZone(zone).ToDateTimeOffset() - BookingRules.Longest;
            var to = days[^1].PlusDays(1).AtStartOfDayInZone(zone).ToDateTimeOffset().AddMinutes(search.Type.BufferMinutes);
            var busy = await db.Appointments.AsNoTracking().Of(tenant)
                .Where(a => a.Status != AppointmentStatus.Canceled && a.Id != search.Moved && a.StartsAt > from && a.StartsAt < to)
                .Select(a => new { a.With, a.StartsAt, a.FreeAt }).ToListAsync(cancellationToken);
            List<(Instant, Instant)> taken = [.. busy.Where(b => BookingRules.IsSame(b.With, search.Type.With))
                .Select(b => (Instant.FromDateTimeOffset(b.StartsAt), Instant.FromDateTimeOffset(b.FreeAt)))];
            slots.AddRange(days.SelectMany(day => finding.On(day, search, taken)).Take(limit - slots.Count));
            if (slots.Count == limit) break;
        }

        return slots;
    }

    public async Task<PracticeHours> HoursAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        var open = await OpenTimes.AllAsync(db, tenant, clock.GetUtcNow().DayOn(zone).AddDays(-1), cancellationToken);
        return new PracticeHours(zone.Id, open.Week) { Days = open.Days };
    }

    public async Task<Answer<Appointment>> BookAsync(
        Tenant tenant, Booking booking, EffectSource source, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.New(), clock.GetUtcNow());
        return await writer.WriteAsync<Answer<Appointment>>(tenant.WorkspaceId, write =>
        {
            var db = write.Db;
            if (db.Appointments.MadeBy(tenant, source.Key) is { } made) return Read(db, made);
            if (!db.Contacts.Of(tenant).Any(c => c.Id == booking.ContactId))
                return new ConnectorProblem("contact_unknown", "The contact to book for does not exist any more.");
            if (db.AppointmentTypes.Of(tenant).FirstOrDefault(t => t.Id == booking.TypeId && t.IsActive) is not { } type)
                return new ConnectorProblem(
                    "appointment_type_unknown", "The appointment type does not exist any more. Choose another one in the step's settings.");
            if (BookingRules.First(booking.Slots, s => BookingRules.IsFree(
                db, tenant, type.With, s.StartsAt, s.EndsAt.AddMinutes(type.BufferMinutes))) is not { } slot) return BookingRules.SlotTaken;

            var row = new AppointmentRow
            {
                Id = id,
                WorkspaceId = tenant.WorkspaceId,
                Environment = tenant.Environment,
                EffectKey = source.Key,
                CreatedAt = now,
                ContactId = booking.ContactId,
                TypeId = type.Id,
                With = type.With,
                StartsAt = slot.StartsAt,
                EndsAt = slot.EndsAt,
                FreeAt = slot.EndsAt.AddMinutes(type.BufferMinutes),
                Token = LinkToken.New(),
                ChangedAt = now,
                Status = AppointmentStatus.Booked,
                RunId = source.RunId,
            };
            db.Appointments.Add(row);
            events.Raise(write, tenant, CalendarEvents.Booked(db, row, type.Name, address) with { RaisedBy = source.RunId });
            return Read(row, type, PracticeClock.ZoneOf(db, tenant.WorkspaceId));
        }, cancellationToken);
    }

    public async Task<Appointment?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Appointments.AsNoTracking().Of(tenant).FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        return row is null ? null : await ReadAsync(db, row, cancellationToken);
    }

    public async Task<Appointment?> FindByEffectAsync(Tenant tenant, string effectKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Appointments.AsNoTracking().Of(tenant).FirstOrDefaultAsync(a => a.EffectKey == effectKey, cancellationToken);
        return row is null ? null : await ReadAsync(db, row, cancellationToken);
    }

    private Appointment Read(StudioDbContext db, AppointmentRow row) =>
        Read(row, TypeOf(db, row).First(), PracticeClock.ZoneOf(db, row.WorkspaceId));

    private async Task<Appointment> ReadAsync(StudioDbContext db, AppointmentRow row, CancellationToken cancellationToken)
    {
        var type = await TypeOf(db, row).FirstAsync(cancellationToken);
        return Read(row, type, await PracticeClock.ZoneOfAsync(db, row.WorkspaceId, cancellationToken));
    }

    private static IQueryable<AppointmentTypeRow> TypeOf(StudioDbContext db, AppointmentRow row) =>
        db.AppointmentTypes.AsNoTracking().Where(t => t.Id == row.TypeId);

    private Appointment Read(AppointmentRow row, AppointmentTypeRow type, DateTimeZone zone) =>
        new(row.Id, row.ContactId, Read(type) with { With = row.With }, row.StartsAt.On(zone), row.EndsAt.On(zone), row.Status)
        { InvitationUrl = address.Invitation(row.Token) };

    private static AppointmentType Read(AppointmentTypeRow row) =>
        new(row.Id, row.Alias, row.Name, row.Minutes, row.PriceCents, row.With) { BufferMinutes = row.BufferMinutes };
}
