using NodaTime;
using NodaTime.TimeZones;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Tests.Scheduling.Cron;

/// <summary>
/// Every zone of NodaTime's data and every clock change from 2026 to 2030: what the calculator answers is compared with the rules applied
/// to each minute by itself.
/// </summary>
public sealed class ClockChangeSweepTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2031, 1, 1, 0, 0);

    private static IEnumerable<DateTimeZone> Zones => DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]);

    public static TheoryData<string> Changing => [.. Zones.Where(z => Changes(z).Any()).Select(z => z.Id)];

    [Fact]
    public void Tzdb_HasTheZonesThatAreHard()
    {
        string[] hard = ["Europe/Dublin", "Africa/Casablanca", "Africa/El_Aaiun", "Australia/Lord_Howe", "Antarctica/Troll",
            "America/Santiago", "Africa/Cairo", "Europe/Berlin"];
        var changing = Zones.Where(z => Changes(z).Any()).Select(z => z.Id).ToHashSet();
        Assert.Superset(hard.ToHashSet(), changing);
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public void Next_AroundEveryChange_IsWhatTheRulesSay(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        foreach (var change in Changes(zone))
        {
            var window = new MinuteByMinute(zone, change);
            foreach (var text in Expressions(zone, change)) Compare(CronExpression.Parse(text), window);
        }
    }

    // a fixed time of day in all these years: once for every date, at its first occurrence or at the end of the gap that swallowed it
    [Fact]
    public void Next_DailyTime_FiresOnceForEveryDateInEveryZone()
    {
        LocalTime[] times = [new(0, 0), new(1, 30), new(2, 30), new(23, 59)];
        var dates = Enumerable.Range(0, 1826).Select(new LocalDate(2026, 1, 1).PlusDays).ToList();
        foreach (var zone in Zones)
        {
            foreach (var time in times)
            {
                var expected = dates.Select(d => zone.MapLocal(d.At(time)))
                    .Select(m => m.Count == 0 ? m.LateInterval.Start : m.First().ToInstant());
                var found = ScheduleCalculator.Between(CronExpression.Parse($"{time.Minute} {time.Hour} * * *"), zone,
                    dates[0].AtMidnight().InZoneLeniently(zone).ToInstant() - Duration.Epsilon, Instant.MaxValue);
                Assert.True(expected.SequenceEqual(found.Take(dates.Count)), $"{time} in {zone.Id}");
            }
        }
    }

    private static void Compare(CronExpression expression, MinuteByMinute window)
    {
        var expected = window.Occurrences(expression);
        var found = ScheduleCalculator.Between(expression, window.Zone, window.Start, window.End).ToList();
        Assert.True(expected.SequenceEqual(found),
            $"{expression} in {window.Zone.Id} around {window.Change}: expected {Text(expected)}, got {Text(found)}");
        Assert.True(found.Zip(found.Skip(1)).All(p => p.First < p.Second), $"{expression} in {window.Zone.Id} does not go on");
        Instant[] asked = [window.Change - Duration.Epsilon, window.Change, window.Change + Duration.Epsilon,
            .. found.SelectMany(i => new[] { i - Duration.FromSeconds(1), i + Duration.FromSeconds(1) })];
        foreach (var at in asked.Where(at => at >= window.Start && at < expected[^1]))
        {
            var next = ScheduleCalculator.Next(expression, window.Zone, at);
            Assert.True(next > at && next == expected.First(i => i > at), $"{expression} in {window.Zone.Id} after {at}: got {next}");
        }
    }

    // daily at and around the change, in every spelling that the rules tell apart; and what runs all day
    private static IEnumerable<string> Expressions(DateTimeZone zone, Instant change)
    {
        var before = (change - Duration.Epsilon).InZone(zone).LocalDateTime.PlusNanoseconds(1);
        var after = change.InZone(zone).LocalDateTime;
        var (first, last) = before < after ? (before, after) : (after, before);
        var middle = first.PlusMinutes(Period.Between(first, last, PeriodUnits.Minutes).Minutes / 2);
        LocalDateTime[] around = [first.PlusMinutes(-1), first, first.PlusMinutes(1), middle, last.PlusMinutes(-1), last,
            last.PlusMinutes(1)];
        foreach (var t in around.Distinct()) yield return $"{t.Minute} {t.Hour} * * *";
        var (h, next) = (middle.Hour, middle.PlusHours(1).Hour);
        yield return $"{first.Minute},{middle.Minute} {h} * * *";
        yield return $"{middle.Minute} {h},{next} * * *";
        yield return $"*/15 {h} * * *";
        yield return $"{middle.Minute} {h}-{next} * * *";
        yield return $"{middle.Minute}/7 {h} {first.Day} * *";
        yield return "*/15 * * * *";
        yield return "30 * * * *";
        yield return "0 */2 * * *";
        yield return "7,37 22-4 * * *";
    }

    // changes of the clock, not of a zone's name alone
    private static IEnumerable<Instant> Changes(DateTimeZone zone)
    {
        ZoneInterval? last = null;
        foreach (var interval in zone.GetZoneIntervals(Start, End))
        {
            if (last is not null && last.WallOffset != interval.WallOffset) yield return interval.Start;
            last = interval;
        }
    }

    private static string Text(IEnumerable<Instant> times) => string.Join(", ", times.Take(12));
}
