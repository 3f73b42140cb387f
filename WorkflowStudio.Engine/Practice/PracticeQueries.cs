using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice;

/// <summary>What the outbox and calendar pages show.</summary>
public sealed class PracticeQueries(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock)
{
    /// <summary>How many rows are counted or added up at most, so that no page reads more when there are more.</summary>
    public const int MostCounted = 10_000;

    private const int MaxPageSize = 200;

    /// <summary>The messages, newest first. Pages are cut by what came before, so the thousandth costs what the first does.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="channel">Only this channel; null for all.</param>
    /// <param name="before">Only messages older than this one; null, or one that is gone, begins with the newest.</param>
    /// <param name="size">1 to 200, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PracticePage<OutboxItem>> OutboxAsync(Tenant tenant, MessageChannel? channel, Guid? before, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Outbox.AsNoTracking().Of(tenant);
        if (channel is { } only) rows = rows.Where(o => o.Channel == only);
        var older = rows;
        if (before is { } id && await db.Outbox.Of(tenant).Where(o => o.Id == id).Select(o => (DateTimeOffset?)o.CreatedAt).FirstOrDefaultAsync(cancellationToken) is { } at)
            older = rows.Where(o => o.CreatedAt <= at && (o.CreatedAt < at || o.Id < id)); // the first bound is the index's
        return await PageAsync(
            rows.OrderBy(o => o.CreatedAt),
            older.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Select(o => new OutboxItem(
                o.Id, o.Channel, o.To, o.From, o.Subject, o.Body, o.Status, o.Captured, o.RunId, o.WorkflowId, o.NodeId, o.CreatedAt)),
            o => o.Id, size, cancellationToken);
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

    /// <summary>The first items of what is left. What is counted are the rows of all pages alone, from their index, without what is joined to them.</summary>
    internal static async Task<PracticePage<T>> PageAsync<TRow, T>(IOrderedQueryable<TRow> rows, IQueryable<T> left, Func<T, Guid> idOf, int size, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(size, 1, MaxPageSize);
        var total = await rows.Take(MostCounted + 1).CountAsync(cancellationToken);
        var items = await left.Take(count + 1).ToListAsync(cancellationToken);
        Guid? next = items.Count > count ? idOf(items[count - 1]) : null;
        return new PracticePage<T>(items.Count > count ? items[..count] : items, Math.Min(total, MostCounted), total > MostCounted, next);
    }
}
