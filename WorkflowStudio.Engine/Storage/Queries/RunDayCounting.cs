using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>
/// Keeps the counts of days that are over, a few days at a time: those that are missing, those with runs that had not ended, those of which
/// runs were deleted since (<see cref="Doubt"/>), and every one again after <see cref="Age"/>.
/// </summary>
public sealed class RunDayCounting(
    IDbContextFactory<StudioDbContext> contexts, RunFigureQueries figures, IStudioWriter writer, TimeProvider clock)
{
    /// <summary>How many days are kept: the 90 that Home shows, the 90 before for comparison, and two for the zone.</summary>
    public const int Days = 182;

    /// <summary>How long a day is over before it is kept. Until then most of its runs have ended.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    /// <summary>How long a count is believed that nothing is known against.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(6);

    private const int Some = 30;

    /// <summary>One pass over all tenants; returns how many days were counted.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var counted = 0;
        foreach (var (workspace, zone) in await WorkspacesAsync(cancellationToken))
            foreach (var environment in Enum.GetValues<StudioEnvironment>())
                counted += await CountAsync(new Tenant(workspace, environment), TimeZones.FindOrUtc(zone), cancellationToken);
        return counted;
    }

    /// <summary>Runs that had ended before this were deleted: days up to then are counted again by the next pass.</summary>
    public static int Doubt(StudioWrite write, Tenant tenant, DateTimeOffset before) => write.Db.RunDays
        .Where(d => d.WorkspaceId == tenant.WorkspaceId && d.Environment == tenant.Environment && d.Starts < before)
        .ExecuteUpdate(set => set.SetProperty(d => d.CountedAt, DateTimeOffset.UnixEpoch));

    private async Task<int> CountAsync(Tenant tenant, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var (rows, oldest) = await KeptAsync(tenant, cancellationToken);
        var now = clock.GetUtcNow();
        var days = DaysOf(zone, oldest, now);
        var others = rows.Keys.Except(days.Select(d => d.From)).ToArray();
        if (others.Length > 0) await writer.WriteAsync(w => Remove(w.Db, tenant, others), cancellationToken);
        var due = days.Where(day => !rows.TryGetValue(day.From, out var row) || row.Ends != day.To || row.Open > 0
            || (now - row.CountedAt).Duration() >= Age).ToArray();
        foreach (var some in due.Chunk(Some))
        {
            var counts = await figures.CountAsync(tenant, some, cancellationToken);
            await writer.WriteAsync(w => Save(w.Db, tenant, [.. some.Zip(counts)], rows, now), cancellationToken);
        }

        return due.Length;
    }

    // the days that are long over, from the first with a run
    private static IReadOnlyList<Stretch> DaysOf(DateTimeZone zone, DateTimeOffset? oldest, DateTimeOffset now)
    {
        if (oldest is not { } time) return [];
        var days = new List<Stretch>();
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        for (var day = LocalDate.Max(
            today.PlusDays(-Days), Instant.FromDateTimeOffset(time).InZone(zone).Date); day < today; day = day.PlusDays(1))
        {
            var (from, to) =
                (zone.AtLeniently(day.AtMidnight()).ToDateTimeOffset(), zone.AtLeniently(day.PlusDays(1).AtMidnight()).ToDateTimeOffset());
            if (from < to && to <= now - Settled) days.Add(new(from, to)); // a zone that changed sides of the date line has no such day
        }

        return days;
    }

    private static int Save(StudioDbContext db, Tenant tenant, IReadOnlyList<(Stretch Day, RunCounts Counts)> counted,
        Dictionary<DateTimeOffset, RunDayRow> seen, DateTimeOffset at)
    {
        foreach (var (day, counts) in counted)
        {
            var row = db.RunDays.Find(tenant.WorkspaceId, tenant.Environment, day.From);
            if (row is null)
                db.Add(row = new RunDayRow { WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, Starts = day.From });
            // runs were deleted meanwhile: the next pass counts
            else if (row.CountedAt != seen.GetValueOrDefault(day.From)?.CountedAt) continue;
            (row.Ends, row.CountedAt, row.Done, row.Failed, row.Canceled, row.Open) =
                (day.To, at, counts.Done, counts.Failed, counts.Canceled, counts.Open);
        }

        return counted.Count;
    }

    private static int Remove(StudioDbContext db, Tenant tenant, DateTimeOffset[] starts) =>
        db.RunDays.Where(d => d.WorkspaceId == tenant.WorkspaceId && d.Environment == tenant.Environment && starts.Contains(d.Starts))
            .ExecuteDelete();

    private async Task<(Dictionary<DateTimeOffset, RunDayRow> Rows, DateTimeOffset? Oldest)> KeptAsync(
        Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.RunDays.AsNoTracking().Where(d => d.WorkspaceId == tenant.WorkspaceId && d.Environment == tenant.Environment)
            .ToDictionaryAsync(d => d.Starts, cancellationToken);
        var oldest = await db.Runs.AsNoTracking().Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment)
            .OrderBy(r => r.Id).Select(r => (DateTimeOffset?)r.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return (rows, oldest);
    }

    private async Task<IReadOnlyList<(Guid Id, string Zone)>> WorkspacesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Workspaces.AsNoTracking().OrderBy(w => w.Id).Select(w => new { w.Id, w.TimeZone })
            .ToListAsync(cancellationToken);
        return [.. found.Select(w => (w.Id, w.TimeZone))];
    }
}
