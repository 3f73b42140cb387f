using NodaTime;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Tests.Scheduling.Cron;

public sealed class CronExpressionTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Theory]
    [InlineData("61 * * * *", "Minutes", "61", "between 0 and 59")]
    [InlineData("* 24 * * *", "Hours", "24", "between 0 and 23")]
    [InlineData("* * 32 * *", "Days of month", "32", "between 1 and 31")]
    [InlineData("* * * 13 *", "Months", "13", "JAN")]
    [InlineData("* * * * 8", "Days of week", "8", "between 0 and 7")]
    [InlineData("* * * * MONDAY", "Days of week", "MONDAY", "Did you mean MON?")]
    [InlineData("* * * * L", "Days of week", "L", "FRIL")]
    [InlineData("* * L-31 * *", "Days of month", "L", "L-1 to L-30")]
    [InlineData("* * * * FRI#6", "Days of week", "FRI#6", "1 to 5")]
    [InlineData("* * ? * *", "Days of month", "?", "Write * where")]
    [InlineData("*/60 * * * *", "Minutes", "60", "between 1 and 59")]
    [InlineData("1,,2 * * * *", "Minutes", "", "missing")]
    [InlineData("5- * * * *", "Minutes", "", "missing")]
    [InlineData("-5 * * * *", "Minutes", "", "missing")]
    [InlineData("1-2-3 * * * *", "Minutes", "2-3", "between 0 and 59")]
    [InlineData("*5 * * * *", "Minutes", "*5", "between 0 and 59")]
    [InlineData("1/2/3 * * * *", "Minutes", "2/3", "between 1 and 59")]
    [InlineData("٣ * * * *", "Minutes", "٣", "between 0 and 59")]
    [InlineData("0 0 9 * * MON", "", "0 0 9 * * MON", "leave out seconds")]
    [InlineData("* * * *", "Days of week", "* * * *", "4 were found")]
    [InlineData("", "Minutes", "", "0 were found")]
    [InlineData("@reboot", "", "@reboot", "@daily")]
    public void TryParse_Wrong_NamesFieldValueAndFix(string text, string field, string value, string fix)
    {
        Assert.False(CronExpression.TryParse(text, out var none, out var problem));
        Assert.Null(none);
        Assert.Equal((field, value), (problem.Field, problem.Value));
        Assert.Contains(fix, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(field.Length > 0 && text.Split(' ').Length == 5 ? field + ":" : "", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TooLong_IsRefused() =>
        Assert.False(CronExpression.TryParse(string.Join(',', Enumerable.Repeat("1", 200)) + " * * * *", out _, out _));

    [Theory]
    [InlineData("0 9 * * mon-fri", "0 9 * * 1-5")]
    [InlineData("  0   9\t* * 1-5 ", "0 9 * * 1-5")]
    [InlineData("0 0 * * 7", "0 0 * * 0")]
    [InlineData("0 0 * * 5-7", "0 0 * * 5,6,0")]
    [InlineData("0 0 * * 7-2", "0 0 * * 0,1,2")]
    [InlineData("0 0 * * 0-7", "0 0 * * *")]
    [InlineData("0 0 * * SAT-MON", "0 0 * * 6,0,1")]
    [InlineData("0 0 1 NOV-FEB *", "0 0 1 11,12,1,2 *")]
    [InlineData("0 0 28-2 * *", "0 0 28,29,30,31,1,2 * *")]
    [InlineData("50-10/10 * * * *", "50,0,10 * * * *")]
    [InlineData("10/20 5 * * *", "10,30,50 5 * * *")]
    [InlineData("0 22-4/2 * * *", "0 22,0,2,4 * * *")]
    [InlineData("0 0 l * *", "0 0 L * *")]
    [InlineData("0 0 * * 7L", "0 0 * * SUNL")]
    [InlineData("0 0 * * sun#2", "0 0 * * 0#2")]
    [InlineData("@midnight", "0 0 * * *")]
    [InlineData("@Annually", "@yearly")]
    [InlineData("@hourly", "0 * * * *")]
    public void Next_WrittenOtherwise_IsTheSame(string text, string same) => Assert.Equal(Times(same), Times(text));

    [Theory]
    [InlineData("0 0 13 * FRI", "2026-01-02 2026-01-09 2026-01-13 2026-01-16")] // both set: either
    [InlineData("0 0 */2 * MON", "2026-01-05 2026-01-19 2026-02-09 2026-02-23")] // one begins with *: both, as in crontab
    [InlineData("0 0 1,15W,L * *", "2026-01-01 2026-01-15 2026-01-31 2026-02-01")]
    [InlineData("0 0 31W * *", "2026-01-30 2026-03-31 2026-05-29 2026-07-31")]
    [InlineData("0 0 L-30 * *", "2026-01-01 2026-03-01 2026-05-01 2026-07-01")]
    [InlineData("0 0 29W 2 *", "2028-02-29 2032-02-27 2036-02-29 2040-02-29")]
    [InlineData("0 0 * 2 MON#5", "2044-02-29 2072-02-29 2112-02-29 2140-02-29")]
    public void Next_Days_AreTheCalendars(string text, string days)
    {
        var first = ScheduleCalculator.Between(CronExpression.Parse(text), DateTimeZone.Utc, Start - Duration.Epsilon,
            Instant.FromUtc(2200, 1, 1, 0, 0)).Take(4);
        Assert.Equal(days, string.Join(' ', first.Select(i => i.InUtc().Date.ToString("uuuu-MM-dd", null))));
    }

    [Theory]
    [InlineData("0 0 30 2 *", false)]
    [InlineData("0 0 31 4,6,9,11 *", false)]
    [InlineData("0 0 30W 2 *", false)]
    [InlineData("0 0 L-29 2 *", false)]
    [InlineData("0 0 L-28 2 *", true)]
    [InlineData("0 0 29 2 *", true)]
    [InlineData("0 0 30 2 MON", true)]
    public void IsReachable_Day_IsToldByTheCalendar(string text, bool reachable) =>
        Assert.Equal(reachable, CronExpression.Parse(text).IsReachable);

    [Theory]
    [InlineData("0 9 * * *", false)]
    [InlineData("0,30 9,17 * * *", false)]
    [InlineData("0 0 */2 JAN-MAR MON-FRI", false)]
    [InlineData("0 * * * *", true)]
    [InlineData("0-10 9 * * *", true)]
    [InlineData("5/15 9 * * *", true)]
    public void IsInterval_MinutesAndHours_Decide(string text, bool interval) =>
        Assert.Equal(interval, CronExpression.Parse(text).IsInterval);

    [Fact]
    public void Next_EndOfTheCalendar_IsNone() =>
        Assert.Null(ScheduleCalculator.Next(CronExpression.Parse("@yearly"), DateTimeZone.Utc, Instant.FromUtc(9999, 6, 1, 0, 0)));

    private static List<Instant> Times(string text) =>
        [.. ScheduleCalculator.Between(CronExpression.Parse(text), DateTimeZone.Utc, Start, Instant.FromUtc(2027, 1, 1, 0, 0)).Take(500)];
}
