using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Calendars;
using WorkflowStudio.Engine.Connectors.Contacts;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Practice;

/// <summary>What the outbox and calendar pages show.</summary>
public sealed class PracticeQueries(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock)
{
    private const int MaxPageSize = 200;

    /// <summary>The messages, newest first.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="channel">Only this channel; null for all.</param>
    /// <param name="page">From 1; lower means 1.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<OutboxItem>> OutboxAsync(Tenant tenant, MessageChannel? channel, int page, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Outbox.AsNoTracking().Of(tenant);
        if (channel is { } only) rows = rows.Where(o => o.Channel == only);
        return await PageAsync(
            rows,
            rows.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, o.Body, o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt)),
            page, size, cancellationToken);
    }

    /// <summary>The messages that one run has made, oldest first; at most 200.</summary>
    public async Task<IReadOnlyList<OutboxItem>> OutboxOfRunAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Outbox.AsNoTracking().Of(tenant).Where(o => o.RunId == runId).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id).Take(MaxPageSize)
            .Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, o.Body, o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The week of a day; null means today.</summary>
    public async Task<CalendarWeek> WeekAsync(Tenant tenant, DateOnly? day, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = PracticeClock.ZoneOf(db, tenant.WorkspaceId);
        var asked = LocalDate.FromDateOnly(day ?? clock.GetUtcNow().DayOn(zone));
        var monday = asked.PlusDays(-((int)asked.DayOfWeek - 1));
        var (from, to) = (zone.At(monday, 0).ToDateTimeOffset(), zone.At(monday.PlusDays(7), 0).ToDateTimeOffset());
        var open = await db.OpeningHours.AsNoTracking().Of(tenant).OrderBy(h => h.Weekday).ThenBy(h => h.FromMinutes)
            .Select(h => new OpenTime(h.Weekday, h.FromMinutes, h.ToMinutes)).ToListAsync(cancellationToken);
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
                new Contact(r.c.Id, r.c.FirstName, r.c.LastName, r.c.Email, r.c.Phone), r.PriceCents, r.a.RunId)),
        ]);
    }

    /// <summary>A page of items. What is counted are the rows alone, from their index, without what is joined to them.</summary>
    internal static async Task<PracticePage<T>> PageAsync<TRow, T>(IQueryable<TRow> rows, IQueryable<T> ordered, int page, int size, CancellationToken cancellationToken)
    {
        var (number, count) = (Math.Clamp(page, 1, 1_000_000), Math.Clamp(size, 1, MaxPageSize));
        var total = await rows.CountAsync(cancellationToken);
        var items = await ordered.Skip((number - 1) * count).Take(count).ToListAsync(cancellationToken);
        return new PracticePage<T>(items, total, number, count);
    }
}
