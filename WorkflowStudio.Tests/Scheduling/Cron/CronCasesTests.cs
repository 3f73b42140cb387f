using NodaTime;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Tests.Scheduling.Cron;

public sealed class CronCasesTests
{
    public static TheoryData<int, string> Times => Rows(c => !c.IsReject);

    public static TheoryData<int, string> Rejects => Rows(c => c.IsReject);

    [Theory]
    [MemberData(nameof(Times))]
    public void Next_SharedCase_IsAsWritten(int index, string about)
    {
        var example = CronCase.All[index];
        var (expression, zone, at) = (CronExpression.Parse(example.Expression), DateTimeZoneProviders.Tzdb[example.Zone], example.From);
        foreach (var expected in example.Times())
        {
            var next = ScheduleCalculator.Next(expression, zone, at);
            Assert.True(next is { } found && found.WithOffset(zone.GetUtcOffset(found)) == expected,
                $"{about}: expected {expected}, got {next?.InZone(zone)}");
            at = expected.ToInstant();
        }

        if (example.Expected == "null") Assert.Null(ScheduleCalculator.Next(expression, zone, example.From));
    }

    [Theory]
    [MemberData(nameof(Rejects))]
    public void TryParse_SharedReject_NamesTheField(int index, string about)
    {
        var example = CronCase.All[index];
        Assert.False(CronExpression.TryParse(example.Expression, out _, out var problem), about);
        Assert.Contains(example.Expected.Split(": ")[1], problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void SharedCases_AreAllRead() =>
        Assert.Equal((52, 5), (CronCase.All.Count(c => !c.IsReject), CronCase.All.Count(c => c.IsReject)));

    private static TheoryData<int, string> Rows(Func<CronCase, bool> of)
    {
        var rows = new TheoryData<int, string>();
        for (var i = 0; i < CronCase.All.Count; i++)
        {
            if (of(CronCase.All[i])) rows.Add(i, $"{CronCase.All[i].Expression} {CronCase.All[i].About}");
        }

        return rows;
    }
}
