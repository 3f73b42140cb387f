using System.Globalization;
using NodaTime;
using WorkflowStudio.Engine.Practice;

namespace WorkflowStudio.Tests.Practice;

public sealed class DateRangeTests
{
    private static readonly DateTimeZone Houston = DateTimeZoneProviders.Tzdb["America/Chicago"];

    [Theory]
    [InlineData("today", "2026-11-24T00:00-06 2026-11-25T00:00-06 today (November 24, 2026)")]
    [InlineData("yesterday", "2026-11-23T00:00-06 2026-11-24T00:00-06 yesterday (November 23, 2026)")]
    [InlineData("last_7_days", "2026-11-17T23:30-06 - the last 7 days (since November 17, 2026, 11:30 PM)")]
    [InlineData("last_30_days", "2026-10-25T23:30-05 - the last 30 days (since October 25, 2026, 11:30 PM)")]
    [InlineData("this_month", "2026-11-01T00:00-05 2026-12-01T00:00-06 this month (November 1, 2026 to November 30, 2026)")]
    [InlineData("last_month", "2026-10-01T00:00-05 2026-11-01T00:00-05 last month (October 1, 2026 to October 31, 2026)")]
    [InlineData("this_quarter", "2026-10-01T00:00-05 2027-01-01T00:00-06 this quarter (October 1, 2026 to December 31, 2026)")]
    [InlineData("last_quarter", "2026-07-01T00:00-05 2026-10-01T00:00-05 last quarter (July 1, 2026 to September 30, 2026)")]
    [InlineData("this_year", "2026-01-01T00:00-06 2027-01-01T00:00-06 this year (January 1, 2026 to December 31, 2026)")]
    [InlineData("last_year", "2025-01-01T00:00-06 2026-01-01T00:00-06 last year (January 1, 2025 to December 31, 2025)")]
    [InlineData("all", "- - all time")]
    public void At_EveryWord_IsOnTheClockOfTheZone(string name, string expected) =>
        Assert.Equal(expected, Shown(DateRange.Named(name)!, new DateTimeOffset(2026, 11, 25, 5, 30, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-11-01", "2026-11-30", "2026-11-01T00:00-05 2026-12-01T00:00-06 November 1, 2026 to November 30, 2026")]
    [InlineData("2026-11-03", "2026-11-03", "2026-11-03T00:00-06 2026-11-04T00:00-06 November 3, 2026")]
    [InlineData("2026-11-03", null, "2026-11-03T00:00-06 - since November 3, 2026")]
    [InlineData(null, "2026-11-03", "- 2026-11-04T00:00-06 until November 3, 2026")]
    public void At_TwoDays_BothBelongToIt(string? from, string? to, string expected) =>
        Assert.Equal(expected, Shown(DateRange.Between(Day(from), Day(to)), DateTimeOffset.UnixEpoch));

    // the run of next week begins where the one of this week ended, over a clock change as well
    [Fact]
    public void At_LastSevenDaysWeekAfterWeek_MissesNothingAndCountsNothingTwice()
    {
        var nine = new LocalDateTime(2026, 10, 26, 9, 0);
        var before = Houston.AtStrictly(nine).ToDateTimeOffset();
        var after = Houston.AtStrictly(nine.PlusDays(7)).ToDateTimeOffset();

        Assert.Equal(before, DateRange.Named("last_7_days")!.At(after, Houston).From);
    }

    [Fact]
    public void Named_AnyOtherWord_IsNone() => Assert.Null(DateRange.Named("fortnight"));

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static string Shown(DateRange range, DateTimeOffset now)
    {
        var period = range.At(now, Houston);
        return string.Join(' ', Time(period.From), Time(period.Before), period.Words);

        static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mmzz", CultureInfo.InvariantCulture) ?? "-";
    }
}
