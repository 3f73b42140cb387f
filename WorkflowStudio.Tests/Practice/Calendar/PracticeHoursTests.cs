using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;

namespace WorkflowStudio.Tests.Practice.Calendar;

public sealed class PracticeHoursTests
{
    [Fact]
    public void NextOpen_NeverOpen_IsNothing()
    {
        var closed = new PracticeHours("UTC", [new OpenTime(DayOfWeek.Monday, 600, 600)]);

        Assert.Null(closed.NextOpen(DateTimeOffset.UnixEpoch));
        Assert.Null(closed.AfterOpenDays(DateTimeOffset.UnixEpoch, 3));
    }

    [Theory]
    [InlineData("2026-03-07T20:00:00-06:00", "2026-03-08T03:00:00-05:00")]
    [InlineData("2026-11-01T00:30:00-05:00", "2026-11-01T02:30:00-06:00")]
    public void NextOpen_AcrossAClockChange_IsOnThePracticesClock(string from, string expected)
    {
        // in the gap of March the opening is as much later
        var hours = new PracticeHours(
            "America/Chicago", [new OpenTime(DayOfWeek.Sunday, from.StartsWith("2026-03", StringComparison.Ordinal) ? 120 : 150, 600)]);

        Assert.Equal(Time(expected), hours.NextOpen(Time(from)));
    }

    [Fact]
    public void NextOpen_OneDayAWeek_ComesAroundToItself()
    {
        var hours = new PracticeHours("UTC", [new OpenTime(DayOfWeek.Tuesday, 540, 600)]);

        Assert.Equal(Time("2026-12-01T09:00:00Z"), hours.NextOpen(Time("2026-11-24T10:00:00Z")));
        Assert.Equal(Time("2026-11-24T09:59:00Z"), hours.NextOpen(Time("2026-11-24T09:59:00Z")));
    }

    [Fact]
    public void SingleDays_WithoutAnyHoursOfTheWeek_AreTheDaysOnWhichItOpens()
    {
        OpenTime[] nineToTen = [new OpenTime(DayOfWeek.Sunday, 540, 600)];
        var hours = new PracticeHours("UTC", [])
        {
            Days = new Dictionary<DateOnly, IReadOnlyList<OpenTime>>
            {
                [new(2027, 3, 1)] = nineToTen, [new(2026, 12, 25)] = [], [new(2027, 6, 1)] = nineToTen, [DateOnly.MaxValue] = [],
            },
        };

        Assert.Equal(Time("2027-03-01T09:00:00Z"), hours.NextOpen(Time("2026-11-24T10:00:00Z")));
        Assert.Equal(Time("2027-03-01T09:30:00Z"), hours.AfterOpenDays(Time("2026-11-24T09:30:00Z"), 1));
        Assert.Equal(Time("2027-06-01T09:00:00Z"), hours.AfterOpenDays(Time("2026-11-24T10:00:00Z"), 1));
        Assert.Equal(Time("2027-06-01T09:00:00Z"), hours.NextOpen(Time("2027-03-01T10:00:00Z")));
        Assert.Null(hours.AfterOpenDays(Time("2026-11-24T10:00:00Z"), 3));
        Assert.Null(hours.NextOpen(Time("2027-06-01T10:00:00Z")));
    }

    [Fact]
    public void SingleDays_ThatCloseTheOnlyDayOfTheWeek_AreSkipped()
    {
        var hours = new PracticeHours("UTC", [new OpenTime(DayOfWeek.Monday, 540, 600)])
        {
            Days = new Dictionary<DateOnly, IReadOnlyList<OpenTime>> { [new(2026, 11, 30)] = [], [new(2026, 12, 7)] = [] },
        };

        Assert.Equal(Time("2026-12-14T09:00:00Z"), hours.NextOpen(Time("2026-11-24T10:00:00Z")));
        Assert.Equal(Time("2026-12-14T09:00:00Z"), hours.AfterOpenDays(Time("2026-11-24T09:00:00Z"), 1));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
