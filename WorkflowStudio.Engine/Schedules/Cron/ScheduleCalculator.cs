using NodaTime;
using NodaTime.TimeZones;

namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>
/// When an expression fires in a zone (docs/decisions.md, "Schedules"). A time inside a gap fires at the gap's end, several at once; in
/// an overlap an interval fires in both halves, a fixed time at its first occurrence. Pure: the same question has the same answer
/// everywhere.
/// </summary>
public static class ScheduleCalculator
{
    /// <summary>The first occurrence after <paramref name="after"/>; null when there is none.</summary>
    public static Instant? Next(CronExpression expression, DateTimeZone zone, Instant after)
    {
        var interval = zone.GetZoneInterval(after);
        var from = Later(after.WithOffset(interval.WallOffset).LocalDateTime.PlusNanoseconds(1), Begin(expression, zone, interval));
        while (expression.NextLocal(from) is { } local)
        {
            if (!interval.HasEnd || local < interval.IsoLocalEnd) return local.WithOffset(interval.WallOffset).ToInstant();
            var next = zone.GetZoneInterval(interval.End);
            if (local < next.IsoLocalStart) return next.Start; // inside the gap between the two
            from = expression.IsInterval ? next.IsoLocalStart : Later(next.IsoLocalStart, interval.IsoLocalEnd);
            interval = next;
        }

        return null;
    }

    /// <summary>
    /// The occurrences after <paramref name="after"/> up to and including <paramref name="until"/>, in order. Computed as they are read.
    /// </summary>
    public static IEnumerable<Instant> Between(CronExpression expression, DateTimeZone zone, Instant after, Instant until)
    {
        for (var next = Next(expression, zone, after); next is { } at && at <= until; next = Next(expression, zone, at)) yield return at;
    }

    // the local time from which the interval's minutes are the first of their name: before it a fixed time has already fired
    private static LocalDateTime Begin(CronExpression expression, DateTimeZone zone, ZoneInterval interval)
    {
        if (expression.IsInterval || !interval.HasStart) return LocalDateTime.MinIsoValue;
        return zone.GetZoneInterval(interval.Start - Duration.Epsilon).IsoLocalEnd;
    }

    private static LocalDateTime Later(LocalDateTime a, LocalDateTime b) => a > b ? a : b;
}
