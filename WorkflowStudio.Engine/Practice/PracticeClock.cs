using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice;

/// <summary>Times on a practice's clock.</summary>
internal static class PracticeClock
{
    /// <summary>The zone of a workspace; UTC when the workspace or its zone is not known.</summary>
    public static DateTimeZone ZoneOf(StudioDbContext db, Guid workspaceId)
    {
        var name = db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.TimeZone).FirstOrDefault();
        return Zone(name);
    }

    /// <summary>The zone of this IANA name; UTC when there is none.</summary>
    public static DateTimeZone Zone(string? name) => TimeZones.FindOrUtc(name);

    /// <summary>The day in the zone.</summary>
    public static DateOnly DayOn(this DateTimeOffset time, DateTimeZone zone) => DateOnly.FromDateTime(time.On(zone).DateTime);

    /// <summary>
    /// The instant at which a day's clock shows these minutes from midnight. Within the gap of a clock change it is as much later; of the two
    /// in an overlap it is the first.
    /// </summary>
    public static Instant At(this DateTimeZone zone, LocalDate day, int minutes) =>
        zone.AtLeniently(day.AtMidnight().PlusMinutes(minutes)).ToInstant();
}
