using System.Globalization;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;

namespace WorkflowStudio.Tests.Practice.Calendar;

public sealed class FreeSlotSearchTests
{
    private static readonly AppointmentType HalfHour = new(Guid.Empty, "a", "Visit", 30, 0, "");
    private static readonly CalendarRules NoLead = new() { LeadTime = TimeSpan.Zero };

    [Fact]
    public void Find_ClockGoesForward_SkipsTheHourThatDoesNotExist()
    {
        var slots = Find("America/Chicago", "2026-03-08T00:00:00-06:00", (DayOfWeek.Sunday, 60, 240), 8);

        Assert.Equal(["01:00 -06", "01:30 -06", "03:00 -05", "03:30 -05"], slots);
    }

    [Fact]
    public void Find_ClockGoesBack_OffersTheHourTwice()
    {
        var slots = Find("America/Chicago", "2026-11-01T00:00:00-05:00", (DayOfWeek.Sunday, 60, 180), 8);

        Assert.Equal(["01:00 -05", "01:30 -05", "01:00 -06", "01:30 -06", "02:00 -06", "02:30 -06"], slots);
    }

    [Fact]
    public void Find_OpeningWithinTheGap_BeginsAsMuchLater() =>
        Assert.Equal(["03:30 -05"], Find("America/Chicago", "2026-03-08T00:00:00-06:00", (DayOfWeek.Sunday, 150, 240), 8));

    [Fact]
    public void Find_HalfHourClockChange_KeepsEverySlotItsLength() =>
        Assert.Equal(["01:00 +10", "01:30 +10", "02:30 +11"],
            Find("Australia/Lord_Howe", "2026-10-04T00:00:00+10:30", (DayOfWeek.Sunday, 60, 180), 8));

    [Fact]
    public void Find_OpenUntilMidnight_EndsThere() =>
        Assert.Equal(["23:00 -06", "23:30 -06"], Find("America/Chicago", "2026-11-24T23:00:00-06:00", (DayOfWeek.Tuesday, 0, 1440), 2));

    [Fact]
    public void Find_BusyInTheMiddle_GoesOnAtTheGridAfterIt()
    {
        var busy = (Instant.FromUtc(2026, 11, 24, 15, 20), Instant.FromUtc(2026, 11, 24, 15, 50));

        Assert.Equal(
            ["10:00 -06", "10:30 -06"], Find("America/Chicago", "2026-11-24T09:00:00-06:00", (DayOfWeek.Tuesday, 540, 660), 8, busy));
    }

    [Fact]
    public void Find_NothingWithinTheHorizon_IsEmpty()
    {
        var search = new FreeSlotSearch(DateTimeZone.Utc, new OpeningTimes([new OpenTime(DayOfWeek.Monday, 0, 20)]), NoLead);

        Assert.Empty(search.Find(new SlotSearch(HalfHour, new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), 5), []));
    }

    private static List<string> Find(
        string zone, string after, (DayOfWeek Day, int From, int To) open, int limit, params (Instant, Instant)[] busy)
    {
        var search = new FreeSlotSearch(
            DateTimeZoneProviders.Tzdb[zone], new OpeningTimes([new OpenTime(open.Day, open.From, open.To)]),
            NoLead with { Horizon = TimeSpan.FromDays(2) });
        var slots = search.Find(new SlotSearch(HalfHour, DateTimeOffset.Parse(after, CultureInfo.InvariantCulture), limit), busy)
            .Take(limit).ToList();
        Assert.All(slots, s => Assert.Equal(TimeSpan.FromMinutes(30), s.EndsAt - s.StartsAt));
        return [.. slots.Select(
            s => s.StartsAt.ToString("HH:mm ", CultureInfo.InvariantCulture) + s.StartsAt.ToString("zz", CultureInfo.InvariantCulture))];
    }
}
