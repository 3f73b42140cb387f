using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>What the calendar shows.</summary>
public sealed class CalendarQueries(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock)
{
    // so far from the ends of the calendar that every week has one before and one after it
    private static readonly LocalDate First = new(1900, 1, 1);
    private static readonly LocalDate Last = new(9000, 1, 1);

    /// <summary>The week of a day; null means today.</summary>
    public async Task<CalendarWeek> WeekAsync(Tenant tenant, DateOnly? day, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        var asked = LocalDate.Max(First, LocalDate.Min(Last, LocalDate.FromDateOnly(day ?? clock.GetUtcNow().DayOn(zone))));
        var monday = asked.PlusDays(-((int)asked.DayOfWeek - 1));
        var (from, to) = (zone.At(monday, 0).ToDateTimeOffset(), zone.At(monday.PlusDays(7), 0).ToDateTimeOffset());
        var times = await OpenTimes.AllAsync(db, tenant, monday.ToDateOnly(), cancellationToken);
        List<OpenTime> open = [.. Enumerable.Range(0, 7).SelectMany(d => times.On(monday.PlusDays(d).ToDateOnly())
            .Select(o => o with { Weekday = monday.PlusDays(d).ToDateOnly().DayOfWeek }))];
        var rows = await (
            from a in db.Appointments.AsNoTracking().Of(tenant)
            join t in db.AppointmentTypes on a.TypeId equals t.Id
            join c in db.Contacts on a.ContactId equals c.Id
            where a.StartsAt >= @from && a.StartsAt < to
            orderby a.StartsAt, a.Id
            select new { a, t.Name, t.PriceCents, c }).ToListAsync(cancellationToken);
        return new CalendarWeek(monday.ToDateOnly(), zone.Id, open,
        [
            .. rows.Select(r => new CalendarItem(r.a.Id, r.a.StartsAt.On(zone), r.a.EndsAt.On(zone), r.Name, r.a.With, r.a.Status,
                r.c.ToContact(), r.PriceCents, r.a.RunId) { Revision = r.a.Sequence, Notes = r.a.Notes, Reason = r.a.CancelReason }),
        ]);
    }
}
