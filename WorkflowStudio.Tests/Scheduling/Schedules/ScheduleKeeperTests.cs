using Microsoft.EntityFrameworkCore;
using Quartz;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

public sealed class ScheduleKeeperTests
{
    private const string Hourly = """{"cron":"@hourly"}""";

    [Fact]
    public async Task Keep_PausedAndResumed_MissesNothing()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        await bench.ChangeAsync(workflow.Id, w => w.Status = WorkflowStatus.Paused);
        Assert.Null((await bench.RowAsync(workflow)).NextFireAt);
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T11:30Z"));
        await bench.ChangeAsync(workflow.Id, w => w.Status = WorkflowStatus.Active);
        Assert.Equal(0, await bench.FireAsync());
        Assert.Equal(ScheduleBench.Time("2026-06-01T12:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
    }

    [Fact]
    public async Task Keep_NewVersion_TakesItsTimesAndKeepsItsId()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        var first = await bench.RowAsync(workflow);
        await bench.ChangeAsync(workflow.Id, _ => { }, """{"cron":"30 9 * * *","timezone":"Asia/Kolkata","misfire":"skip"}""");
        var second = await bench.RowAsync(workflow);
        Assert.Equal((first.Id, ScheduleBench.Time("2026-06-02T04:00Z"), Misfire.Skip), (second.Id, second.NextFireAt, second.Misfire));
        Assert.True(second.VersionSerial > first.VersionSerial);
    }

    // what was due before the change of the misfire is still missed after it; a change of the times begins afresh
    [Theory]
    [InlineData("""{"cron":"@hourly","misfire":"all"}""", 2)]
    [InlineData("""{"cron":"0 * * * *","misfire":"all"}""", 0)]
    public async Task Keep_ChangedWhileDue_BeginsAfreshOnlyWithOtherTimes(string config, int fired)
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T08:30Z"));
        await bench.ChangeAsync(workflow.Id, _ => { }, config);
        Assert.Equal(fired, await bench.FireAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keep_DeletedOrWithAnotherTrigger_RemovesItAndItsTrigger(bool deleted)
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        var scheduler = await bench.Get<ISchedulerFactory>().GetScheduler();
        await bench.Get<ScheduleWatch>().RunOnceAsync(CancellationToken.None);
        Assert.Single(await scheduler.GetTriggersOfJob(ScheduleTriggers.Job));
        await bench.ChangeAsync(
            workflow.Id, w => (w.DeletedAt, w.TriggerType) = (deleted ? bench.Clock.GetUtcNow() : null, deleted ? "schedule" : "manual"));
        Assert.Null(await bench.Store.OfWorkflowAsync(EngineHarness.Tenant, workflow.Id, CancellationToken.None));
        await bench.Get<ScheduleWatch>().RunOnceAsync(CancellationToken.None);
        Assert.Empty(await scheduler.GetTriggersOfJob(ScheduleTriggers.Job));
    }

    [Fact]
    public async Task Keep_WorkspaceZone_IsTheDefaultAndIsFollowed()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T00:00Z");
        var workflow = await bench.PublishAsync("""{"cron":"0 9 * * *"}""");
        Assert.Equal(ScheduleBench.Time("2026-06-01T09:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
        await bench.WriteAsync(w => w.Db.Workspaces.Single().TimeZone = "America/New_York");
        await bench.Get<ScheduleReconciler>().RunOnceAsync(CancellationToken.None);
        Assert.Equal(ScheduleBench.Time("2026-06-01T13:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
    }

    [Fact]
    public async Task Reconcile_LostRowsAndTriggers_AreMadeAgainAndOrphansRemoved()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        await bench.WriteAsync(w => w.Db.Schedules.ExecuteDelete());
        await bench.Get<ScheduleTriggers>()
            .SetAsync(Guid.Empty, new StoredSchedule(Orphan(bench.Clock.GetUtcNow()), "", "UTC"), CancellationToken.None);
        var reconciler = bench.Get<ScheduleReconciler>();
        Assert.Equal(2, await reconciler.RunOnceAsync(CancellationToken.None));
        var scheduler = await bench.Get<ISchedulerFactory>().GetScheduler();
        var trigger = Assert.Single(await scheduler.GetTriggersOfJob(ScheduleTriggers.Job));
        var row = await bench.RowAsync(workflow);
        Assert.Equal((ScheduleTriggers.KeyOf(row.Id), row.NextFireAt), (trigger.Key, trigger.NextFireTimeUtc));
        Assert.Equal(0, await reconciler.RunOnceAsync(CancellationToken.None));
    }

    private static ScheduleRow Orphan(DateTimeOffset now) => new() { Cron = "@daily", NextFireAt = now.AddDays(1) };
}
