using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Retention;

public abstract class RunRetentionTests(TestStore kind) : IAsyncLifetime
{
    private RetentionFixture store = null!;

    public async Task InitializeAsync() => store = await RetentionFixture.CreateAsync(kind);

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Pass_RunsOlderThanTheirStatusAllows_AreDeletedWithAllTheirRows()
    {
        var done = await store.AddAsync(RunStatus.Done, 91, null, RetentionFixture.Lines(3));
        var failed = await store.AddAsync(RunStatus.Failed, 91);
        var oldFailed = await store.AddAsync(RunStatus.Failed, 181);
        var canceled = await store.AddAsync(RunStatus.Canceled, 91);
        var young = await store.AddAsync(RunStatus.Done, 89);
        foreach (var run in new[] { done, young })
            await store.Harness.Writer.WriteAsync(w => w.Db.Add(new FormRunRow { RunId = run, SubmissionId = run }));
        var report = await store.PassAsync();
        Assert.Equal((3, false), (report.Deleted, report.HasMore));
        foreach (var gone in new[] { done, oldFailed, canceled })
        {
            Assert.False(await store.ExistsAsync(gone));
            foreach (var table in RunParts.Tables) Assert.Equal(0, await store.RowsAsync(table, gone));
        }

        Assert.True(await store.ExistsAsync(failed) && await store.ExistsAsync(young));
        Assert.Equal(1, await store.RowsAsync("form_runs", young));
        Assert.Equal(0, (await store.PassAsync()).Deleted);
    }

    [Fact]
    public async Task Pass_RunsOfADayThatWasCounted_AreCountedNoMore()
    {
        await store.AddAsync(RunStatus.Done, 100);
        await store.AddAsync(RunStatus.Failed, 100);
        await store.AddAsync(RunStatus.Done, 10);
        var (counting, days, now) = (store.Harness.Get<RunDayCounting>(), store.Harness.Get<RunDays>(), store.Harness.Clock.GetUtcNow());
        await counting.RunOnceAsync(default);
        await store.PassAsync();
        Assert.InRange(await counting.RunOnceAsync(default), 1, 20); // the ten days that a deleted run can be of, not all
        Assert.Equal([new(0, 1, 0, 0), new(1, 0, 0, 0)],
            await days.CountAsync(EngineHarness.Tenant, [now.AddDays(-150), now.AddDays(-50), now], default));
        Assert.Equal(0, await counting.RunOnceAsync(default));
    }

    [Fact]
    public async Task Pass_RunsThatAreNotOverOrEndedLately_StayHoweverOld()
    {
        var waiting = await store.AddAsync(RunStatus.Waiting, 900);
        var queued = await store.AddAsync(RunStatus.Queued, 900);
        var late = await store.AddAsync(RunStatus.Done, 900, endedDaysAgo: 1);
        Assert.Equal(0, (await store.PassAsync()).Deleted);
        foreach (var run in new[] { waiting, queued, late }) Assert.NotEmpty(await store.EntriesAsync(run));
    }

    [Fact]
    public async Task Pass_AChildWhoseParentIsNotOver_StaysUntilItIs()
    {
        var parent = await store.AddAsync(RunStatus.Waiting, 200);
        var child = await store.AddAsync(RunStatus.Done, 100);
        await store.Harness.Writer.WriteAsync(w => w.Db.Runs.Single(r => r.Id == child).ParentId = parent);
        Assert.Equal((0, true), ((await store.PassAsync()).Deleted, await store.ExistsAsync(child)));
        await store.Harness.Writer.WriteAsync(w =>
        {
            var row = w.Db.Runs.Single(r => r.Id == parent);
            (row.Status, row.FinishedAt) = (RunStatus.Done, store.Harness.Clock.GetUtcNow());
            return 0;
        });
        Assert.Equal((1, false), ((await store.PassAsync()).Deleted, await store.ExistsAsync(child)));
    }

    [Fact]
    public async Task Pass_AChildWhoseParentIsGone_IsDeleted()
    {
        var child = await store.AddAsync(RunStatus.Done, 100);
        await store.Harness.Writer.WriteAsync(
            w => w.Db.Runs.Single(r => r.Id == child).ParentId = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]));
        Assert.Equal(1, (await store.PassAsync()).Deleted);
    }

    [Fact]
    public async Task Pass_KeptForEverAndNeverPacked_TouchesNothing()
    {
        await store.RulesAsync(new RetentionRules(0, 0, 0, 0));
        var run = await store.AddAsync(RunStatus.Done, 3_000);
        var report = await store.PassAsync();
        Assert.Equal((0, 0), (report.Deleted, report.Packed));
        Assert.Equal(2, await store.RowsAsync("run_events", run));
    }

    [Fact]
    public async Task Pass_WithABound_GoesOnWithTheNext()
    {
        for (var i = 0; i < 5; i++) await store.AddAsync(RunStatus.Done, 100 + i);
        Assert.Equal([(2, true), (2, true), (1, false)],
            new[] { await store.PassAsync(2), await store.PassAsync(2), await store.PassAsync(2) }.Select(r => (r.Deleted, r.HasMore)));
    }

    [Fact]
    public async Task Delete_ARunThatWentOnSinceItWasRead_IsLeftAlone()
    {
        var id = await store.AddAsync(RunStatus.Failed, 200);
        var read = new FinishedRun(id, store.Harness.Clock.GetUtcNow().AddDays(-200), 2, false, true);
        await store.Harness.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Id == id)
            .ExecuteUpdate(u => u.SetProperty(r => r.Status, RunStatus.Running).SetProperty(r => r.FinishedAt, (DateTimeOffset?)null)));
        var deleted = await store.Harness.Get<GroupCommitWriter>().EnqueueAsync(session =>
        {
            using var parts = new RunParts(session);
            return parts.Delete(read, RunStatus.Failed, store.Harness.Clock.GetUtcNow());
        });
        Assert.False(deleted);
        Assert.Equal(2, (await store.EntriesAsync(id)).Count);
    }

    [Fact]
    public async Task Pass_ALargeRunWhoseDeletionWasInterrupted_IsFinished()
    {
        var id = await store.AddAsync(
            RunStatus.Done, 100, null, [.. RetentionFixture.Lines(1_200), RetentionFixture.Large(1), RetentionFixture.Large(2)]);
        var read = new FinishedRun(id, store.Harness.Clock.GetUtcNow().AddDays(-100), 1_204, true, true);
        await store.Harness.Get<GroupCommitWriter>().EnqueueAsync(session =>
        {
            using var parts = new RunParts(session);
            return parts.Delete(read, RunStatus.Done, store.Harness.Clock.GetUtcNow()) && parts.DeleteSome(id, long.MaxValue - 1, 300);
        });
        Assert.False(await store.ExistsAsync(id));
        Assert.InRange(await store.RowsAsync("run_events", id), 1, 1_203);
        await store.PassAsync();
        foreach (var table in RunParts.Tables.Append("run_remains")) Assert.Equal(0, await store.RowsAsync(table, id));
    }

    [Fact]
    public async Task Pass_AfterMuchWasDeleted_GivesPagesBackAndLeavesTheFileWhole()
    {
        for (var i = 0; i < 4; i++)
            await store.AddAsync(
                RunStatus.Done, 100, null, [.. Enumerable.Range(0, 40).Select(RetentionFixture.Large), .. RetentionFixture.Lines(200)]);
        var kept = await store.AddAsync(RunStatus.Done, 1, null, [.. Enumerable.Range(0, 20).Select(RetentionFixture.Large)]);
        var before = await store.EntriesAsync(kept);
        var report = await store.PassAsync();
        Assert.Equal(4, report.Deleted);
        if (store.Harness.Get<StudioDatabase>().IsShared) Assert.Equal(0, report.Pages); // PostgreSQL keeps the room for the next rows
        else Assert.InRange(report.Pages, 500, 2_000);
        Assert.Equal(before, await store.EntriesAsync(kept));
        Assert.Empty((await new DatabaseCheck(store.Harness.Get<IDbContextFactory<StudioDbContext>>(), store.Harness.Get<StudioDatabase>())
            .RunAsync(default)).Problems);
    }

    [Fact]
    public async Task EveryTableOfRuns_IsDeletedWithThem_OrBelongsToThePractice()
    {
        // the last three are of the workflow, and have an age of their own
        string[] practice =
        [
            "appointments", "approvals", "document_facts", "documents", "invoices", "notifications", "outbox", "received_messages",
            "schedule_occurrences",
            "trigger_log", "webhook_deliveries",
        ];
        await using var db = store.Harness.Get<StudioDatabase>().ContextForMigrations();
        var tables = db.Model.GetEntityTypes().Where(t => t.FindProperty("RunId") is not null).Select(t => t.GetTableName()!);
        Assert.Equal(RunParts.Tables.Concat(practice).Append("run_remains").Order(), tables.Order());
    }

    [Fact]
    public void Pace_ATransactionThatTookLong_MakesTheNextSmaller()
    {
        var pace = new BatchPace(null!, TimeProvider.System);
        for (var i = 0; i < 30; i++) pace.Took(TimeSpan.FromMilliseconds(1));
        var most = pace.Rows;
        pace.Took(TimeSpan.FromMilliseconds(80));
        Assert.Equal(most / 2, pace.Rows);
        pace.Took(TimeSpan.FromMilliseconds(15)); // near the aim: stays
        Assert.Equal(most / 2, pace.Rows);
        for (var i = 0; i < 30; i++) pace.Took(TimeSpan.FromSeconds(1));
        Assert.Equal(8, pace.Rows);
        Assert.Equal(TimeSpan.FromSeconds(1), pace.Longest);
    }

    [Fact]
    public async Task Housekeeping_MoreOldSignalsThanOneTransactionTakes_RemovesThemAll()
    {
        var now = store.Harness.Clock.GetUtcNow();
        await store.Harness.Writer.WriteAsync(w =>
        {
            for (var i = 0; i < (2 * AgedRows.Some) + 7; i++)
                w.Db.Signals.Add(new() { Name = "s", At = now.AddHours(-3).AddMilliseconds(i / 3) });
            w.Db.Signals.Add(new() { Name = "young", At = now.AddHours(-1) });
            return 0;
        });
        Assert.Equal((2 * AgedRows.Some) + 7, await store.Harness.Get<Housekeeping>().RunOnceAsync(default));
        Assert.Equal("young", await store.Harness.Writer.WriteAsync(w => w.Db.Signals.Single().Name));
    }

    [Fact]
    public async Task Housekeeping_IdsOfEventsPastTheirTime_AreForgotten()
    {
        var old = store.Harness.Clock.GetUtcNow() - PlatformEvents.KnownFor;
        await store.Harness.Writer.WriteAsync(w =>
        {
            for (var i = 0; i < AgedRows.Some + 7; i++)
                w.Db.ReceivedEvents.Add(new() { Type = "t", EventId = $"old-{i}", At = old.AddMilliseconds(-1 - (i / 3)) });
            w.Db.ReceivedEvents.Add(new() { Type = "t", EventId = "known", At = old.AddMinutes(5) });
            return 0;
        });
        Assert.Equal(AgedRows.Some + 7, await store.Harness.Get<Housekeeping>().RunOnceAsync(default));
        Assert.Equal("known", await store.Harness.Writer.WriteAsync(w => w.Db.ReceivedEvents.Single().EventId));
    }
}
