using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>The link under which other programs follow a calendar.</summary>
/// <param name="Url">Its address; whoever has it can read the calendar.</param>
/// <param name="TellsMore">Whether it tells telephone numbers, e-mail addresses and notes beside names and types.</param>
/// <param name="Since">Since when the address holds.</param>
public sealed record CalendarLink(string Url, bool TellsMore, DateTimeOffset Since);

/// <summary>What other programs read of the calendar, by links that nobody guesses: the link is the permission.</summary>
public sealed class CalendarFeeds(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, StudioAddress address)
{
    /// <summary>How many days back a feed tells.</summary>
    public const int DaysBack = 30;

    private const int LongestToken = 64;

    /// <summary>The most appointments of one feed: it is read over and over.</summary>
    internal int MostEvents { get; init; } = 10_000;

    /// <summary>The link of a calendar; null when it has none.</summary>
    public async Task<CalendarLink?> FindAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CalendarFeeds.AsNoTracking().Of(tenant).FirstOrDefaultAsync(cancellationToken) is { } row ? Read(row) : null;
    }

    /// <summary>Makes the link, or a new one: the one before leads nowhere from then on.</summary>
    public Task<CalendarLink> RenewAsync(Tenant tenant, CancellationToken cancellationToken) =>
        writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var row = write.Db.CalendarFeeds.Of(tenant).FirstOrDefault();
            if (row is null)
            {
                row = new CalendarFeedRow { Id = ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment };
                write.Db.Add(row);
            }

            (row.Token, row.CreatedAt) = (LinkToken.New(), clock.GetUtcNow());
            return Read(row);
        }, cancellationToken);

    /// <summary>Says what the link tells; null when there is none.</summary>
    public async Task<CalendarLink?> TellAsync(Tenant tenant, bool more, CancellationToken cancellationToken) =>
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            if (write.Db.CalendarFeeds.Of(tenant).FirstOrDefault() is not { } row) return null;
            row.TellsMore = more;
            return Read(row);
        }, cancellationToken);

    /// <summary>Takes the link away.</summary>
    public Task StopAsync(Tenant tenant, CancellationToken cancellationToken) =>
        writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            write.Db.RemoveRange(write.Db.CalendarFeeds.Of(tenant));
            return 0;
        }, cancellationToken);

    /// <summary>
    /// The calendar of a link as iCalendar: the last days, and all that is to come. Where that is too much, what is over or called off is
    /// left out first, and the file says from when on it tells no more. Null when it leads nowhere.
    /// </summary>
    public async Task<string?> FeedAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > LongestToken) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var feed = await db.CalendarFeeds.AsNoTracking().FirstOrDefaultAsync(f => f.Token == token, cancellationToken);
        if (feed is null) return null;
        var now = clock.GetUtcNow();
        var from = now.AddDays(-DaysBack);
        var all = db.Appointments.AsNoTracking().Of(new Tenant(feed.WorkspaceId, feed.Environment)).Where(a => a.StartsAt >= @from);
        var coming = await Visits(db, all.Where(a => a.StartsAt >= now && a.Status != AppointmentStatus.Canceled)
            .OrderBy(a => a.StartsAt).ThenBy(a => a.Id).Take(MostEvents + 1)).ToListAsync(cancellationToken);
        var rest = await Visits(db, all.Where(a => a.StartsAt < now || a.Status == AppointmentStatus.Canceled)
            .OrderByDescending(a => a.StartsAt).ThenBy(a => a.Id).Take(Math.Max(0, MostEvents - coming.Count)))
            .ToListAsync(cancellationToken);
        return CalendarFile.OfPractice(
            await AboutAsync(db, feed.WorkspaceId, cancellationToken),
            [.. coming.Take(MostEvents).Concat(rest).OrderBy(v => v.Appointment.StartsAt).ThenBy(v => v.Appointment.Id)], feed.TellsMore,
            coming.Skip(MostEvents).FirstOrDefault()?.Appointment);
    }

    /// <summary>The appointment of a link as iCalendar, for the client's own calendar; null when it leads nowhere.</summary>
    public async Task<string?> InvitationAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var visit = await Visits(db, db.Appointments.AsNoTracking().Where(a => a.Token == token)).FirstOrDefaultAsync(cancellationToken);
        return visit is null ? null
            : CalendarFile.OfClient(await AboutAsync(db, visit.Appointment.WorkspaceId, cancellationToken), visit);
    }

    private static IQueryable<CalendarVisit> Visits(StudioDbContext db, IQueryable<AppointmentRow> rows) =>
        from a in rows
        join t in db.AppointmentTypes on a.TypeId equals t.Id
        join c in db.Contacts on a.ContactId equals c.Id
        select new CalendarVisit(a, t.Name, c);

    private static async Task<CalendarOwner> AboutAsync(StudioDbContext db, Guid workspace, CancellationToken cancellationToken) =>
        await db.Workspaces.AsNoTracking().Where(w => w.Id == workspace)
            .Select(w => new CalendarOwner(w.Name, w.Address, w.Phone, w.TimeZone)).FirstAsync(cancellationToken);

    private CalendarLink Read(CalendarFeedRow row) => new(address.CalendarFeed(row.Token), row.TellsMore, row.CreatedAt);
}

/// <summary>Whose calendar it is.</summary>
internal sealed record CalendarOwner(string Name, string Address, string Phone, string TimeZone);

/// <summary>An appointment with what is told of it.</summary>
internal sealed record CalendarVisit(AppointmentRow Appointment, string Type, ContactRow Contact);
