using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

/// <summary>Two nodes that fire one schedule.</summary>
public abstract class ScheduleRaceTests(TestStore store) : EngineSuite(store)
{
    private const int Missed = 50;

    [Fact]
    public async Task Fire_OnTwoNodesAtOnce_StartsOneRunForEachOccurrence()
    {
        await using var bench = await DueAsync();
        await using var beside = bench.Beside();
        ScheduleFiring[] nodes = [bench.Get<ScheduleFiring>(), beside?.Get<ScheduleFiring>() ?? bench.Get<ScheduleFiring>()];

        var started = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => Task.Run(() => nodes[i % 2].RunOnceAsync(CancellationToken.None))));

        Assert.Equal(Missed, started.Sum());
        await CheckAsync(bench);
    }

    [Fact]
    public async Task Fire_AfterTheOtherNodeEndedInTheMiddle_StartsTheRest()
    {
        await using var bench = await DueAsync();
        await using var beside = bench.Beside();
        await Assert.ThrowsAsync<OperationCanceledException>(() => EndingAfter(bench, Missed / 2).RunOnceAsync(CancellationToken.None));

        var started = await (beside?.Get<ScheduleFiring>() ?? bench.Get<ScheduleFiring>()).RunOnceAsync(CancellationToken.None);

        Assert.Equal(Missed - (Missed / 2), started);
        await CheckAsync(bench);
    }

    // an hourly schedule that has to make up for its last occurrences
    private async Task<ScheduleBench> DueAsync()
    {
        var bench = await ScheduleBench.AtAsync("2026-06-01T06:30Z", Store);
        await bench.PublishAsync("""{"cron":"@hourly","misfire":"all"}""");
        bench.Clock.Advance(TimeSpan.FromHours(Missed));
        return bench;
    }

    private static async Task CheckAsync(ScheduleBench bench)
    {
        await using var db = await bench.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var occurrences = await db.ScheduleOccurrences.ToListAsync();
        Assert.Equal(Missed, occurrences.Count);
        Assert.All(occurrences, o => Assert.Equal(OccurrenceOutcome.FiredLate, o.Outcome));
        Assert.Equal(occurrences.Select(o => o.RunId).Order(), (await db.Runs.Select(r => (Guid?)r.Id).ToListAsync()).Order());
        Assert.True(await db.Schedules.AllAsync(s => s.NextFireAt > bench.Clock.GetUtcNow().ToUniversalTime()));
    }

    // the last run is there, and the node did not live to hear of it
    private static ScheduleFiring EndingAfter(ScheduleBench bench, int starts)
    {
        var journal = new HookedJournal(bench.Get<IJournal>())
        {
            AfterStart = () =>
            {
                if (--starts == 0) throw new OperationCanceledException();
            },
        };
        var runs = new RunService(
            journal, bench.Get<IRunFeed>(), bench.Get<RunBell>(), bench.Get<PlanSource>(), bench.Get<RunIds>(), bench.Clock);
        return new ScheduleFiring(
            bench.Get<ScheduleStore>(), runs, bench.Get<IStudioWriter>(), bench.Clock, NullLogger<ScheduleFiring>.Instance);
    }
}
