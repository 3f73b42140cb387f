using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice;

/// <summary>Times on a practice's clock.</summary>
internal static class PracticeClock
{
    /// <summary>The zone of a workspace; UTC when the workspace or its zone is not known.</summary>
    public static async Task<DateTimeZone> ZoneOfAsync(StudioDbContext db, Guid workspaceId, CancellationToken cancellationToken) =>
        TimeZones.FindOrUtc(await ZoneNames(db, workspaceId).FirstOrDefaultAsync(cancellationToken));

    /// <summary>The same inside a piece of writing, which waits for nothing.</summary>
    public static DateTimeZone ZoneOf(StudioDbContext db, Guid workspaceId) =>
        TimeZones.FindOrUtc(ZoneNames(db, workspaceId).FirstOrDefault());

    /// <summary>The day in the zone.</summary>
    public static DateOnly DayOn(this DateTimeOffset time, DateTimeZone zone) => DateOnly.FromDateTime(time.On(zone).DateTime);

    /// <summary>
    /// The instant at which a day's clock shows these minutes from midnight. Within the gap of a clock change it is as much later; of the
    /// two in an overlap it is the first.
    /// </summary>
    public static Instant At(this DateTimeZone zone, LocalDate day, int minutes) =>
        zone.AtLeniently(day.AtMidnight().PlusMinutes(minutes)).ToInstant();

    private static IQueryable<string> ZoneNames(StudioDbContext db, Guid workspaceId) =>
        db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.TimeZone);
}
