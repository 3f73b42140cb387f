using NodaTime;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Tests.Scheduling.Cron;

/// <summary>
/// The rules of docs/decisions.md applied to every minute of the days around a clock change, without any of the calculator's short cuts:
/// a minute that does not exist becomes the end of its gap, one that exists twice counts twice for intervals and at its first time
/// otherwise.
/// </summary>
internal sealed class MinuteByMinute
{
    private readonly List<(LocalDateTime Local, Instant First, Instant? Second)> minutes = [];

    public MinuteByMinute(DateTimeZone zone, Instant change)
    {
        (Zone, Change) = (zone, change);
        // a day before and after: no change is larger than 2 hours
        (Start, End) = (change - Duration.FromHours(25), change + Duration.FromHours(25));
        var (first, last) = (change.InZone(zone).LocalDateTime.PlusHours(-28), change.InZone(zone).LocalDateTime.PlusHours(28));
        for (var local = first; local < last; local = local.PlusMinutes(1))
        {
            var map = zone.MapLocal(local);
            minutes.Add(
                (local, map.Count == 0 ? map.LateInterval.Start : map.First().ToInstant(), map.Count == 2 ? map.Last().ToInstant() : null));
        }
    }

    public DateTimeZone Zone { get; }

    public Instant Change { get; }

    public Instant Start { get; }

    public Instant End { get; }

    public IReadOnlyList<Instant> Occurrences(CronExpression expression)
    {
        var all = Matching(expression)
            .SelectMany(m => expression.IsInterval && m.Second is { } second ? [m.First, second] : new[] { m.First });
        return [.. all.Where(i => i > Start && i <= End).Distinct().Order()];
    }

    private IEnumerable<(LocalDateTime Local, Instant First, Instant? Second)> Matching(CronExpression expression)
    {
        LocalDateTime? next = null;
        foreach (var minute in minutes)
        {
            if (next is null || next < minute.Local) next = expression.NextLocal(minute.Local);
            if (next == minute.Local) yield return minute;
        }
    }
}
