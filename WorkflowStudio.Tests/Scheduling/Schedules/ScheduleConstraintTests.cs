using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

/// <summary>Constraints of a trigger that is a schedule.</summary>
public sealed class ScheduleConstraintTests
{
    private const string NineInBerlin = """{"cron":"0 9 * * *","timezone":"Europe/Berlin","payload":{"team":"north"}}""";

    // the first Monday of a month
    private const string FirstMonday = """{"and":[{"==":[{"var":"data.occurrence.weekday"},"monday"]},{"<=":[{"var":"data.occurrence.day"},7]},{"==":[{"var":"data.team"},"north"]}]}""";

    [Fact]
    public async Task Fire_AnOccurrenceThatTheRuleRefuses_StartsNothingMovesOnAndIsLogged()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T06:00Z");
        var workflow = await bench.PublishAsync(NineInBerlin, FirstMonday);
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T07:00Z"));
        Assert.Equal(1, await bench.FireAsync());
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-02T07:00Z"));
        Assert.Equal((0, 0), (await bench.FireAsync(), await bench.FireAsync()));

        Assert.Equal(ScheduleBench.Time("2026-06-03T07:00Z"), (await bench.RowAsync(workflow)).NextFireAt);
        Assert.Equal("07:00 Fired, 07:00 Refused", await bench.OutcomesAsync(workflow));
        var line = Assert.Single(await bench.Get<TriggerLog>().ReadAsync(workflow.Id, null, null, 10, default));
        Assert.Equal(
            ("schedule", TriggerOutcome.Refused, "constraints", bench.Clock.GetUtcNow()), (line.Cause, line.Outcome, line.Reason, line.At));
        Assert.Contains("tuesday", line.Detail, StringComparison.Ordinal);
        Assert.Empty(
            await bench.Store.MissedAsync([(await bench.RowAsync(workflow)).Id], ScheduleBench.Time("2026-05-01T00:00Z"), default));
    }

    [Fact]
    public async Task Fire_WhatTheRuleSees_IsTheClockOfTheSchedulesZone()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-01T20:00Z");
        await bench.PublishAsync("""{"cron":"30 0 * * *","timezone":"Europe/Berlin"}""",
            """{"==":[{"cat":[{"var":"data.occurrence.date"}," ",{"var":"data.occurrence.hour"},":",{"var":"data.occurrence.minute"}," ",{"var":"data.occurrence.month"},"/",{"var":"data.occurrence.year"}]},"2026-06-02 0:30 6/2026"]}""");
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-01T22:30Z"));

        Assert.Equal(1, await bench.FireAsync());
        Assert.False(Assert.Single(await bench.PayloadsAsync()).TryGetProperty("occurrence", out _));
    }

    [Fact]
    public async Task Fire_ARefusalThatWasRecordedBeforeACrash_IsLoggedOnce()
    {
        await using var bench = await ScheduleBench.AtAsync("2026-06-02T06:00Z");
        var workflow = await bench.PublishAsync(NineInBerlin, FirstMonday);
        var before = await bench.RowAsync(workflow);
        bench.Clock.AdjustTime(ScheduleBench.Time("2026-06-02T07:00Z"));
        await bench.FireAsync();
        await bench.WriteAsync(w =>
        {
            var row = w.Db.Schedules.Single();
            (row.HandledUntil, row.NextOccurrence, row.NextFireAt) = (before.HandledUntil, before.NextOccurrence, before.NextFireAt);
            return true;
        });
        await bench.FireAsync();

        Assert.Single(await bench.Get<TriggerLog>().ReadAsync(workflow.Id, null, null, 10, default));
    }
}
