using NodaTime;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

public sealed class SchedulePlanTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Instant Nine = Instant.FromUtc(2026, 6, 1, 9, 0);
    private static readonly ScheduleTimes Hourly = new(Id, CronExpression.Parse("@hourly"), DateTimeZone.Utc);

    [Fact]
    public void Of_NothingDue_OnlySaysWhatComes()
    {
        var plan = SchedulePlan.Of(Hourly, Misfire.All, Nine, Nine + Duration.FromMinutes(59));
        Assert.Empty(plan.Fires);
        Assert.Equal((Nine, Nine + Duration.FromHours(1)), (plan.HandledUntil, plan.Next!.Value.FiresAt));
    }

    [Theory]
    [InlineData(Misfire.Skip)]
    [InlineData(Misfire.Once)]
    [InlineData(Misfire.All)]
    public void Of_OnTime_FiresWhateverTheMisfire(Misfire misfire)
    {
        var plan = SchedulePlan.Of(Hourly, misfire, Nine, Nine + Duration.FromMinutes(61));
        Assert.Equal([new PlannedFire(Nine + Duration.FromHours(1), Late: false)], plan.Fires);
        Assert.Empty(plan.Skipped);
        Assert.Equal(Nine + Duration.FromHours(2), plan.Next!.Value.Occurrence);
    }

    [Theory]
    [InlineData(Misfire.Skip, "13:00", 3)]
    [InlineData(Misfire.Once, "12:00 late, 13:00", 2)]
    [InlineData(Misfire.All, "10:00 late, 11:00 late, 12:00 late, 13:00", 0)]
    public void Of_ThreeMissedAndOneOnTime_FollowsTheMisfire(Misfire misfire, string fires, int skipped)
    {
        var plan = SchedulePlan.Of(Hourly, misfire, Nine, Nine + Duration.FromHours(4));
        Assert.Equal(fires, string.Join(", ", plan.Fires.Select(f => $"{f.Occurrence.InUtc():HH:mm}{(f.Late ? " late" : "")}")));
        Assert.Equal((skipped, Nine + Duration.FromHours(4)), (plan.Skipped.Count, plan.HandledUntil));
    }

    [Fact]
    public void Of_AMonthOfMinutes_FiresTheLastHundredAndCountsTheRest()
    {
        var minutely = new ScheduleTimes(Id, CronExpression.Parse("* * * * *"), DateTimeZone.Utc);
        var plan = SchedulePlan.Of(minutely, Misfire.All, Nine, Nine + Duration.FromDays(30));
        Assert.Equal(SchedulePlan.MostLate, plan.Fires.Count(f => f.Late));
        Assert.Equal((30 * 24 * 60) - plan.Fires.Count, plan.Skipped.Count + plan.Earlier);
        Assert.Equal(plan.Skipped[^1] + Duration.FromMinutes(1), plan.Fires[0].Occurrence);
        Assert.Equal(SchedulePlan.MostRemembered, plan.Skipped.Count + plan.Fires.Count);
    }

    [Fact]
    public void Of_CenturiesOfMinutes_EndsAllTheSame()
    {
        var minutely = new ScheduleTimes(Id, CronExpression.Parse("* * * * *"), DateTimeZone.Utc);
        Assert.Equal(
            SchedulePlan.MostCounted - 1, SchedulePlan.Of(minutely, Misfire.Skip, Nine, Nine + Duration.FromDays(365_000)).Earlier);
    }

    [Fact]
    public void Of_ClockSetBack_GoesOnFromTheClock()
    {
        var plan = SchedulePlan.Of(Hourly, Misfire.Once, Nine + Duration.FromDays(3), Nine + Duration.FromMinutes(10));
        Assert.Empty(plan.Fires);
        Assert.Equal(Nine + Duration.FromHours(1), plan.Next!.Value.Occurrence);
    }

    [Fact]
    public void Next_Jitter_IsTheSameEverywhereAndStaysBeforeTheNext()
    {
        ScheduleTimes Minutely() => new(Id, CronExpression.Parse("* * * * *"), DateTimeZone.Utc) { JitterSeconds = 3600 };
        var times = Minutely().Between(Nine, Nine + Duration.FromHours(3)).ToList();
        Assert.Equal(times, Minutely().Between(Nine, Nine + Duration.FromHours(3)));
        Assert.All(times, t => Assert.InRange((t.FiresAt - t.Occurrence).TotalSeconds, 0, 59));
        Assert.True(times.Select(t => t.FiresAt - t.Occurrence).Distinct().Count() > 20);
        var other = new ScheduleTimes(Guid.Empty, CronExpression.Parse("* * * * *"), DateTimeZone.Utc) { JitterSeconds = 3600 };
        Assert.NotEqual(times, other.Between(Nine, Nine + Duration.FromHours(3)));
    }

    [Fact]
    public void Of_WithinTheJitter_WaitsForIt()
    {
        var spread = new ScheduleTimes(Id, CronExpression.Parse("@daily"), DateTimeZone.Utc) { JitterSeconds = 3600 };
        var next = spread.Next(Nine)!.Value;
        Assert.True(next.FiresAt > next.Occurrence);
        Assert.Empty(SchedulePlan.Of(spread, Misfire.Once, Nine, next.FiresAt - Duration.FromSeconds(1)).Fires);
        Assert.Equal([new PlannedFire(next.Occurrence, Late: false)], SchedulePlan.Of(spread, Misfire.Skip, Nine, next.FiresAt).Fires);
    }

    [Fact]
    public void Next_BeginAndEnd_AreObeyed()
    {
        var bounded = new ScheduleTimes(Id, CronExpression.Parse("@hourly"), DateTimeZone.Utc)
        { StartsAt = Nine + Duration.FromHours(5), EndsAt = Nine + Duration.FromHours(7) };
        Assert.Equal([14, 15, 16], bounded.Between(Nine, Instant.MaxValue).Select(t => t.Occurrence.InUtc().Hour));
        Assert.Null(bounded.Next(Nine + Duration.FromHours(7)));
    }
}
