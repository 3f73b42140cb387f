using NodaTime;
using NodaTime.TimeZones;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// The one source of time zones: NodaTime's data, which comes with the studio and is the same on every machine. Schedules, waits, pages and
/// expressions go by it alike.
/// </summary>
public static class TimeZones
{
    // in settings that name a time: what the clock skips is the end of the gap, of the two in an overlap it is the first: as schedules have
    // it (docs/decisions.md, "Schedules")
    private static readonly ZoneLocalMappingResolver AsSchedules = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The zone of this IANA name; null when there is none.</summary>
    public static DateTimeZone? Find(string? name) => name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);

    /// <summary>The zone of this IANA name; UTC when there is none.</summary>
    public static DateTimeZone FindOrUtc(string? name) => Find(name) ?? DateTimeZone.Utc;

    /// <summary>The IANA name of the server's own zone; UTC where it has none.</summary>
    public static string NameOfServer()
    {
        try
        {
            return DateTimeZoneProviders.Tzdb.GetSystemDefault().Id;
        }
        catch (DateTimeZoneNotFoundException)
        {
            return DateTimeZone.Utc.Id;
        }
    }

    /// <summary>The same time with the offset of a zone.</summary>
    public static DateTimeOffset On(this DateTimeOffset time, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(time).InZone(zone).ToDateTimeOffset();

    /// <summary>
    /// The moment at which a zone's clock shows a time. What it skips is the end of the gap, of the two in an overlap it is the first.
    /// </summary>
    public static ZonedDateTime At(this DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, AsSchedules);
}
