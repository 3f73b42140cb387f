using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Tests.Scheduling.Cron;

public sealed class CronWordsTests
{
    [Theory]
    [InlineData("30 9 * * MON-FRI", "every weekday at 09:30")]
    [InlineData("0 9 * * *", "every day at 09:00")]
    [InlineData("0 9,17 * * *", "every day at 09:00 and 17:00")]
    [InlineData("* * * * *", "every minute")]
    [InlineData("*/15 * * * *", "every 15 minutes")]
    [InlineData("*/15 9-16 * * 1-5", "every 15 minutes from 09:00 to 16:45, every weekday")]
    [InlineData("*/24 * * * *", "every hour at minutes 0, 24 and 48")]
    [InlineData("@hourly", "every hour")]
    [InlineData("30 * * * *", "every hour at minute 30")]
    [InlineData("0 */2 * * *", "every 2 hours")]
    [InlineData("30 8-12 * * SAT", "every hour from 08:30 to 12:30, on Saturdays")]
    [InlineData("0 */5 * * *", "every day at 00:00, 05:00, 10:00, 15:00 and 20:00")]
    [InlineData("5,10,20 8-12 * * *", "every day at minutes 5, 10 and 20 of the hours 8 to 12")]
    [InlineData("0 8 * * SAT,SUN", "on Saturdays and Sundays at 08:00")]
    [InlineData("0 8 * * FRI#2", "on the second Friday of the month at 08:00")]
    [InlineData("0 8 * 3 FRIL", "on the last Friday of March at 08:00")]
    [InlineData("0 0 1,15 * *", "on the 1st and the 15th of the month at 00:00")]
    [InlineData("0 0 11,22,31 1,2 *", "on the 11th, the 22nd and the 31st of January and February at 00:00")]
    [InlineData("0 0 L * *", "on the last day of the month at 00:00")]
    [InlineData("0 0 L-2,LW,15W * *",
        "on the day 2 days before the last, the last weekday and the weekday nearest to the 15th of the month at 00:00")]
    [InlineData("0 0 13 * FRI", "on the 13th of the month and on Fridays at 00:00")]
    [InlineData("0 9 * 12 *", "every day in December at 09:00")]
    [InlineData("@yearly", "on the 1st of January at 00:00")]
    public void Of_Expression_IsReadAsASentence(string text, string words) => Assert.Equal(words, CronWords.Of(CronExpression.Parse(text)));
}
