using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Retention;

public abstract class RunPackingTests(TestStore kind) : IAsyncLifetime
{
    private RetentionFixture store = null!;

    public async Task InitializeAsync() => store = await RetentionFixture.CreateAsync(kind);

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Pass_AFinishedRunOfLastWeek_IsOneRowAndReadsAsBefore()
    {
        var id = await store.AddAsync(RunStatus.Done, 8, null, RetentionFixture.Lines(20));
        var young = await store.AddAsync(RunStatus.Done, 6);
        var open = await store.AddAsync(RunStatus.Waiting, 50);
        var before = await store.EntriesAsync(id);
        var report = await store.PassAsync();
        Assert.Equal((0, 1), (report.Deleted, report.Packed));
        Assert.True(report.BytesAfter < report.BytesBefore / 2, $"{report.BytesBefore} bytes became {report.BytesAfter}");
        Assert.Equal((0, 1), (await store.RowsAsync("run_events", id), await store.RowsAsync("run_archives", id)));
        Assert.Equal(before, await store.EntriesAsync(id));
        Assert.Equal(before.Skip(5).Take(3), await store.EntriesAsync(id, 5, 3));
        Assert.Empty(await store.EntriesAsync(id, 22));
        Assert.Equal(before.Count, (await store.Harness.Journal.LoadAsync(id, default))!.Entries.Count);
        Assert.Equal((2, 1), (await store.RowsAsync("run_events", young), await store.RowsAsync("run_events", open)));
        Assert.Equal(0, (await store.PassAsync()).Packed);
    }

    [Fact]
    public async Task Pass_ALargeRun_IsPackedWithItsBlobs()
    {
        var id = await store.AddAsync(
            RunStatus.Failed, 8, null, [RetentionFixture.Large(1), .. RetentionFixture.Lines(900), RetentionFixture.Large(2)]);
        var before = await store.EntriesAsync(id);
        Assert.Equal(1, (await store.PassAsync()).Packed);
        Assert.Equal((0, 0, 1),
            (await store.RowsAsync("run_events", id), await store.RowsAsync("run_blobs", id), await store.RowsAsync("run_archives", id)));
        Assert.Equal(before, await store.EntriesAsync(id));
    }

    [Fact]
    public async Task Pass_ThatDies_HasStoredWhatItGathered_AndTheNextDoesTheRest()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await store.AddAsync(RunStatus.Done, 20 - i, null, RetentionFixture.Lines(3)));
        var before = new List<IReadOnlyList<string>>();
        foreach (var id in ids) before.Add(await store.EntriesAsync(id));
        var journals = 0;
        var opened = new Opened(store.Harness.Get<IReadConnections>(), () =>
        {
            if (++journals > 3) throw new OperationCanceledException();
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => PackAsync(opened, mostGathered: 1));
        var (blocks, rows) = (await Task.WhenAll(ids.Select(id => store.RowsAsync("run_archives", id))),
            await Task.WhenAll(ids.Select(id => store.RowsAsync("run_events", id))));
        Assert.Equal([1, 1, 1, 0, 0], blocks);
        Assert.Equal([0, 0, 0, 5, 5], rows);

        journals = 0;
        var sum = await PackAsync(opened, mostGathered: 1);
        Assert.Equal((2, 2, ids[^1]), (sum.Runs, journals, sum.Seen));
        for (var i = 0; i < ids.Count; i++) Assert.Equal(before[i], await store.EntriesAsync(ids[i]));
    }

    [Fact]
    public async Task Read_WhileTheRowsOfAPackedRunAreBeingDeleted_IsWhole()
    {
        var id = await store.AddAsync(RunStatus.Done, 8, null, [RetentionFixture.Large(1), .. RetentionFixture.Lines(900)]);
        var before = await store.EntriesAsync(id);
        var data = RunArchive.Pack([.. (await store.Harness.Journal.LoadAsync(id, default))!.Entries.Select(e => EncodedEntry.Of(e))]);
        for (var step = 0; step < 3; step++)
        {
            Assert.True(await store.Harness.Get<GroupCommitWriter>().EnqueueAsync(session =>
            {
                using var parts = new RunParts(session);
                return parts.StoreBlock(id, 903, 0, data) && parts.DeleteSome(id, 903, 200);
            }));
            Assert.Equal(before, await store.EntriesAsync(id));
            Assert.Equal(before.Skip(100).Take(300), await store.EntriesAsync(id, 100, 300));
            Assert.Equal(before.Skip(850), await store.EntriesAsync(id, 850));
        }

        Assert.Equal(1, (await store.PassAsync()).Packed); // the pass that was interrupted is done again
        Assert.Equal(before, await store.EntriesAsync(id));
        Assert.Equal(0, await store.RowsAsync("run_events", id));
    }

    [Fact]
    public async Task PackedRun_ThatGoesOn_ReadsOnAndIsPackedAgain()
    {
        var id = await store.AddAsync(RunStatus.Failed, 30, null, RetentionFixture.Lines(3));
        await store.PassAsync();
        var at = store.Harness.Clock.GetUtcNow().AddDays(-10);
        await store.WriteAsync(id, 6, at, new RunEvent.StepStarted("a", 2));
        await store.Harness.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Id == id).ExecuteUpdate(u => u.SetProperty(r => r.Status,
            RunStatus.Running).SetProperty(r => r.LastSeq, 6).SetProperty(r => r.FinishedAt, (DateTimeOffset?)null)));
        store.Harness.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await store.PassAsync()).Packed);
        Assert.Equal([1, 2, 3, 4, 5, 6], (await store.Harness.Journal.LoadAsync(id, default))!.Entries.Select(e => e.Seq));

        await store.WriteAsync(id, 7, at, new RunEvent.RunCompleted());
        await store.Harness.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Id == id).ExecuteUpdate(
            u => u.SetProperty(r => r.Status, RunStatus.Done).SetProperty(r => r.LastSeq, 7).SetProperty(r => r.FinishedAt, at)));
        var before = await store.EntriesAsync(id);
        store.Harness.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await store.PassAsync()).Packed);
        Assert.Equal((0, 7), (await store.RowsAsync("run_events", id), before.Count));
        Assert.Equal(before, await store.EntriesAsync(id));
    }

    [Fact]
    public async Task Lengths_OfAPackedRun_LeaveItsWaitsOut()
    {
        await store.AddAsync(
            RunStatus.Done, 8, null, [new RunEvent.StepParked("a", 1, null, "s", default, null), .. RetentionFixture.Lines(9),
                new RunEvent.StepWoken("a", 1, NodeWakeKind.Signal, "s", default, null)]);
        var figures = new RunFigureQueries(store.Harness.Get<IDbContextFactory<StudioDbContext>>());
        var before = await figures.LengthsAsync(EngineHarness.Tenant, store.Harness.Clock.GetUtcNow().AddDays(-20), default);
        await store.PassAsync();
        Assert.Equal(before, await figures.LengthsAsync(EngineHarness.Tenant, store.Harness.Clock.GetUtcNow().AddDays(-20), default));
        Assert.Equal(TimeSpan.FromSeconds(-10), Assert.Single(before)); // it ends when it begins, and its step waits ten seconds
    }

    [Fact]
    public void Archive_EveryField_ComesBack()
    {
        EncodedEntry[] entries = [new(1, 1_700_000_000_000, 0, null, null, 0, "{}"u8.ToArray()),
            new(2, 1_699_999_999_999, 3, "nøde", "3.0", 7, null), new(9, 1_800_000_000_000, 12, "", "", int.MaxValue, [])];
        var back = RunArchive.Unpack(RunArchive.Pack(entries));
        Assert.Equal(JsonSerializer.Serialize(entries), JsonSerializer.Serialize(back));
        Assert.Empty(RunArchive.Unpack(RunArchive.Pack([])));
    }

    [Theory]
    [InlineData(0, 2)] // another format
    [InlineData(1, 0)] // another length
    [InlineData(7, 255)]
    public void Archive_ThatIsDamaged_IsRefused(int at, byte value)
    {
        var data = RunArchive.Pack([new(1, 5, 0, "a", null, 1, "{}"u8.ToArray())]);
        data[at] = value;
        Assert.Throws<InvalidDataException>(() => RunArchive.Unpack(data));
    }

    private Task<RunPacking.Sum> PackAsync(IReadConnections journals, long mostGathered)
    {
        var pace = new BatchPace(store.Harness.Get<GroupCommitWriter>(), TimeProvider.System);
        var packing = new RunPacking(new FinishedRuns(store.Harness.Get<IReadConnections>()), journals, pace, NullLogger.Instance)
        { MostGathered = mostGathered };
        return packing.PackAsync(
            EngineHarness.Tenant, RunStatus.Done, Guid.Empty, store.Harness.Clock.GetUtcNow().AddDays(-1), 1_000, default);
    }

    // tells of each journal that is about to be read
    private sealed class Opened(IReadConnections connections, Action before) : IReadConnections
    {
        public Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        {
            before();
            return connections.OpenAsync(cancellationToken);
        }
    }
}
