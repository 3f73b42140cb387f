using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class StudioFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 14, 0, TimeSpan.Zero); // 10:14 AM in Chicago

    private static StudioFormat Chicago(DateTimeOffset? now = null) => new("America/Chicago", new FakeTimeProvider(now ?? Now));

    [Theory]
    [InlineData(-2, "now")]
    [InlineData(-40, "40 s ago")]
    [InlineData(-12 * 60, "12 min ago")]
    [InlineData(-3 * 3600, "3 h ago")]
    [InlineData(-30 * 3600, "Nov 23")]
    [InlineData(-400 * 86400, "Oct 20, 2025")]
    [InlineData(40, "in 40 s")]
    [InlineData(5 * 60, "in 5 min")]
    [InlineData(3 * 3600, "1:14 PM")]
    [InlineData(23 * 3600, "tomorrow, 9:14 AM")]
    [InlineData(7 * 86400, "Dec 1")]
    public void Relative_DistanceInSeconds_ReadsLikeSpeech(int seconds, string expected) =>
        Assert.Equal(expected, Chicago().Relative(Now.AddSeconds(seconds)));

    [Fact]
    public void Exact_AnInstant_NamesDayTimeAndZone() =>
        Assert.Equal("Tuesday, November 24, 2026, 10:14:00 AM (America/Chicago)", Chicago().Exact(Now));

    [Fact]
    public void DateTime_TheSameUtcDayButTomorrowInTheZone_SaysTheDay()
    {
        var evening = new DateTimeOffset(2026, 11, 25, 3, 0, 0, TimeSpan.Zero); // still November 24 in Chicago
        var night = new DateTimeOffset(2026, 11, 25, 7, 0, 0, TimeSpan.Zero); // November 25 there
        Assert.Equal("9:00 PM", Chicago().DateTime(evening));
        Assert.Equal("Nov 25, 1:00 AM", Chicago().DateTime(night));
    }

    [Fact]
    public void StartOf_TheDaysOfAClockChange_AreMidnightWithTheOffsetOfThatDay()
    {
        var format = Chicago();
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.FromHours(-6)), format.StartOf(new DateOnly(2026, 3, 8)));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.FromHours(-5)), format.StartOf(new DateOnly(2026, 3, 9)));
    }

    [Fact]
    public void StartOf_ADayWhoseMidnightIsSkipped_IsTheFirstInstantOfThatDay()
    {
        var cairo = new StudioFormat("Africa/Cairo", new FakeTimeProvider(Now)); // 2026-04-24 begins at 1 AM there
        var start = cairo.StartOf(new DateOnly(2026, 4, 24));
        Assert.Equal(new DateOnly(2026, 4, 24), cairo.DayOf(start));
        Assert.Equal(new DateOnly(2026, 4, 23), cairo.DayOf(start.AddSeconds(-1)));
    }

    [Fact]
    public void Local_InEveryZone_HasTheOffsetThatSchedulesGoBy()
    {
        foreach (var id in NodaTime.DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = NodaTime.DateTimeZoneProviders.Tzdb[id];
            var format = new StudioFormat(id, new FakeTimeProvider(Now));
            foreach (var at in new[] { Now.AddYears(-1), Now, Now.AddMonths(6), Now.AddYears(2) })
                Assert.Equal(zone.GetUtcOffset(NodaTime.Instant.FromDateTimeOffset(at)).ToTimeSpan(), format.Local(at).Offset);
        }
    }

    [Theory]
    [InlineData(9_999, false, "9,999")]
    [InlineData(10_000, true, "more than 10,000")]
    public void CountUpTo_WhatWasCounted_SaysWhetherThereIsMore(long count, bool andMore, string expected) =>
        Assert.Equal(expected, StudioFormat.CountUpTo(count, andMore));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0004, "0 s")]
    [InlineData(0.04, "40 ms")]
    [InlineData(0.0996, "0.1 s")]
    [InlineData(2.44, "2.4 s")]
    [InlineData(9.97, "10 s")]
    [InlineData(59.7, "1 min")]
    [InlineData(720, "12 min")]
    [InlineData(3 * 3600, "3 h")]
    [InlineData(31 * 3600, "31 h")]
    [InlineData(7 * 86400, "7 days")]
    [InlineData(-5, "0 s")]
    public void Duration_Seconds_TakesTheUnitThatFits(double seconds, string expected) =>
        Assert.Equal(expected, StudioFormat.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(18000, "usd", "$180.00")]
    [InlineData(123456789, "eur", "€1,234,567.89")]
    [InlineData(-500, "usd", "-$5.00")]
    public void Amount_SmallestUnit_HasSignThousandsAndDecimals(long cents, string currency, string expected) =>
        Assert.Equal(expected, StudioFormat.Amount(cents, currency));
}
