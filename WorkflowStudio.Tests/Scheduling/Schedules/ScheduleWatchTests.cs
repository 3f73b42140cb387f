using Quartz;
using WorkflowStudio.Engine.Scheduling;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

public sealed class ScheduleWatchTests
{
    [Theory]
    [InlineData(-72)]
    [InlineData(72)]
    public async Task RunOnce_ClockSet_MovesEveryTriggerToIt(int hours)
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-04T06:59Z");
        var workflow = await bench.PublishAsync("""{"cron":"@hourly"}""");
        var watch = bench.Get<ScheduleWatch>();
        Assert.Equal(TimeSpan.Zero, await watch.RunOnceAsync(CancellationToken.None));
        bench.Clock.AdjustTime(bench.Clock.GetUtcNow().AddHours(hours));
        Assert.InRange(await watch.RunOnceAsync(CancellationToken.None), TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1),
            TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(1));

        var scheduler = await bench.Get<ISchedulerFactory>().GetScheduler();
        var repeating = new List<DateTimeOffset?>();
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup()))
        {
            if (await scheduler.GetTrigger(key) is ISimpleTrigger { RepeatInterval.Ticks: > 0 } trigger)
                repeating.Add(trigger.NextFireTimeUtc);
        }

        Assert.True(repeating.Count > 16);
        Assert.All(repeating, at => Assert.True(at <= bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(10)));
        // ahead: the hours in between were missed, so it is due at once; back: it goes on from there
        var next = (await bench.RowAsync(workflow)).NextFireAt;
        Assert.Equal(ScheduleBench.Time(hours > 0 ? "2026-06-04T07:00Z" : "2026-06-01T07:00Z"), next);
        Assert.Equal(next, Assert.Single(await scheduler.GetTriggersOfJob(ScheduleTriggers.Job)).StartTimeUtc);
    }

    [Fact]
    public async Task RunOnce_Rung_SetsTheTriggerOfWhatWasChanged()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync("""{"cron":"@hourly"}""");
        await bench.Get<ScheduleWatch>().RunOnceAsync(CancellationToken.None);
        var scheduler = await bench.Get<ISchedulerFactory>().GetScheduler();
        Assert.Equal(
            ScheduleBench.Time("2026-06-01T07:00Z"), Assert.Single(await scheduler.GetTriggersOfJob(ScheduleTriggers.Job)).NextFireTimeUtc);
        await bench.ChangeAsync(workflow.Id, _ => { }, """{"cron":"@daily"}""");
        await bench.Get<ScheduleWatch>().RunOnceAsync(CancellationToken.None);
        Assert.Equal(
            ScheduleBench.Time("2026-06-02T00:00Z"), Assert.Single(await scheduler.GetTriggersOfJob(ScheduleTriggers.Job)).NextFireTimeUtc);
    }
}
