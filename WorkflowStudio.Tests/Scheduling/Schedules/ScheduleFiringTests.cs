using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

public sealed class ScheduleFiringTests
{
    private const string Berlin = """{"cron":"0 9 * * *","timezone":"Europe/Berlin","payload":{"report":"sales","fired_at":"never"}}""";
    private const string Hourly = """{"cron":"@hourly"}""";

    [Fact]
    public async Task Fire_Due_StartsOneRunWithItsTimes()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:00Z");
        var workflow = await bench.PublishAsync(Berlin);
        Assert.Equal(ScheduleBench.Time("2026-06-01T07:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
        Assert.Equal(0, await bench.FireAsync());
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T07:00:02Z"));
        Assert.Equal((1, 0), (await bench.FireAsync(), await bench.FireAsync()));
        var row = await bench.RowAsync(workflow);
        Assert.Equal((ScheduleBench.Time("2026-06-02T07:00Z"), bench.Clock.GetUtcNow()), (row.NextFireAt, row.LastFireAt));
        Assert.Equal(
            $$"""{"report":"sales","fired_at":"2026-06-01T09:00:02+02:00","scheduled_at":"2026-06-01T09:00:00+02:00","schedule_id":"{{row.Id}}"}""",
            Assert.Single(await bench.PayloadsAsync()).GetRawText());
    }

    [Theory]
    [InlineData("skip", 0, "07:00 Skipped, 08:00 Skipped, 09:00 Skipped")]
    [InlineData("once", 1, "07:00 Skipped, 08:00 Skipped, 09:00 FiredLate")]
    [InlineData("all", 3, "07:00 FiredLate, 08:00 FiredLate, 09:00 FiredLate")]
    public async Task Fire_AfterADowntime_FollowsTheMisfire(string misfire, int runs, string outcomes)
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:30Z");
        var workflow = await bench.PublishAsync($$"""{"cron":"@hourly","misfire":"{{misfire}}"}""");
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T09:30Z"));
        Assert.Equal(runs, await bench.FireAsync());
        Assert.Equal(outcomes, await bench.OutcomesAsync(workflow));
        Assert.Equal(runs, (await bench.PayloadsAsync()).Count);
    }

    // the run is there, the schedule was not moved on: as after a kill between the two
    [Fact]
    public async Task Fire_AfterACrashBeforeMovingOn_StartsNothingTwice()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:30Z");
        var workflow = await bench.PublishAsync("""{"cron":"@hourly","misfire":"all"}""");
        var before = await bench.RowAsync(workflow);
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T08:30Z"));
        Assert.Equal(2, await bench.FireAsync());
        await bench.WriteAsync(w =>
        {
            var row = w.Db.Schedules.Single();
            (row.HandledUntil, row.NextOccurrence, row.NextFireAt) = (before.HandledUntil, before.NextOccurrence, before.NextFireAt);
            return true;
        });
        Assert.Equal(0, await bench.FireAsync());
        Assert.Equal(2, (await bench.PayloadsAsync()).Count);
        Assert.Equal(ScheduleBench.Time("2026-06-01T09:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
    }

    [Fact]
    public async Task Fire_ByTwoNodesAtOnce_StartsOneRun()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var row = await bench.RowAsync(await bench.PublishAsync(Hourly));
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T07:00Z"));
        var firing = bench.Get<ScheduleFiring>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => firing.FireAsync(row.Id, CancellationToken.None))));
        Assert.Single(await bench.PayloadsAsync());
    }

    [Fact]
    public async Task Start_OccurrenceOfAScheduleThatIsOff_IsRefused()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        var row = await bench.RowAsync(workflow);
        await bench.ChangeAsync(workflow.Id, w => w.Status = WorkflowStatus.Paused);
        await Assert.ThrowsAsync<OccurrenceTakenException>(() => bench.Get<RunService>().StartAsync(new StartRunRequest
        {
            Tenant = EngineHarness.Tenant, VersionSerial = row.VersionSerial, Payload = default, Cause = "schedule",
            Occurrence = new ScheduledOccurrence(row.Id, bench.Clock.GetUtcNow(), false),
        }));
        Assert.Empty(await bench.PayloadsAsync());
    }

    [Fact]
    public async Task Fire_ClockSetForwardAndBack_NeitherDoublesNorStalls()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        foreach (var now in new[]
        { "2026-06-01T07:00Z", "2026-06-01T11:30Z", "2026-06-01T07:59Z", "2026-06-01T08:00Z", "2026-06-01T06:00Z", "2026-06-01T07:00Z" })
        {
            bench.Clock.AdjustTime(ScheduleBench.Time(now));
            await bench.Get<ScheduleReconciler>().RunOnceAsync(CancellationToken.None);
            await bench.FireAsync();
        }

        // 7 on time, 11 for those missed by the jump, then 8 at its time although the jump had skipped it, and 7 not again
        Assert.Equal("07:00 Fired, 08:00 Fired, 09:00 Skipped, 10:00 Skipped, 11:00 FiredLate", await bench.OutcomesAsync(workflow));
        Assert.Equal(3, (await bench.PayloadsAsync()).Count);
        Assert.Equal(ScheduleBench.Time("2026-06-01T08:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
    }

    [Fact]
    public async Task Fire_VersionThatCannotRun_IsRememberedAndGoesOn()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync(Hourly);
        await bench.WriteAsync(w => w.Db.Schedules.Single().VersionSerial = 999);
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T07:00Z"));
        Assert.Equal(0, await bench.FireAsync());
        Assert.Equal("07:00 Failed", await bench.OutcomesAsync(workflow));
        Assert.Equal(ScheduleBench.Time("2026-06-01T08:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
    }

    [Fact]
    public async Task Fire_LastOccurrence_EndsTheSchedule()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:59Z");
        var workflow = await bench.PublishAsync("""{"cron":"@hourly","ends_at":"2026-06-01T07:30:00Z"}""");
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T07:00Z"));
        Assert.Equal(1, await bench.FireAsync());
        Assert.Null((await bench.RowAsync(workflow)).NextFireAt);
    }
}
