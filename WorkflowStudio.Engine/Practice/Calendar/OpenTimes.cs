using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>Reads when a practice is open.</summary>
internal sealed class OpenTimes(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock) : IOpenTimes
{
    private const int DaysBack = 366;

    public async Task<OpeningTimes> OfAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-DaysBack);
        return await AllAsync(db, tenant, first, cancellationToken);
    }

    /// <summary>All times from a day on: of every week, and of single days.</summary>
    public static async Task<OpeningTimes> AllAsync(
        StudioDbContext db, Tenant tenant, DateOnly first, CancellationToken cancellationToken) =>
        Of(await Rows(db, tenant, first).ToListAsync(cancellationToken));

    /// <summary>The same inside a piece of writing, which waits for nothing.</summary>
    public static OpeningTimes All(StudioDbContext db, Tenant tenant, DateOnly first) => Of([.. Rows(db, tenant, first)]);

    private static IQueryable<OpeningHoursRow> Rows(StudioDbContext db, Tenant tenant, DateOnly first) =>
        db.OpeningHours.AsNoTracking().Of(tenant).Where(h => h.Day == null || h.Day >= first);

    private static OpeningTimes Of(List<OpeningHoursRow> rows) =>
        new([.. rows.Where(h => h.Day is null).OrderBy(h => h.Weekday).ThenBy(h => h.FromMinutes).Select(Read)])
        {
            Days = rows.Where(h => h.Day is not null).GroupBy(h => h.Day!.Value)
                .ToDictionary(day => day.Key, day => (IReadOnlyList<OpenTime>)[.. day.Where(h => !h.IsClosed).Select(Read)]),
        };

    private static OpenTime Read(OpeningHoursRow row) => new(row.Weekday, row.FromMinutes, row.ToMinutes);
}
