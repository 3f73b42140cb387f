using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Feed;

/// <summary>
/// A million lines at readers that do not read: nothing waits for them, what is kept for them is bounded, and they are told.
/// </summary>
public sealed class LogFloodTests
{
    private const int Lines = 1_000_000;
    private static readonly Caller Viewer = new() { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Viewer };
    private static readonly Guid RunId = Guid.Parse("22222222-2222-7222-8222-222222222222");

    [Fact]
    public async Task MillionLines_AtASlowReader_KeepAFewAndTellOfTheGap()
    {
        var feed = new RunFeed();
        var run = new RunIdentity(RunId, EngineHarness.Tenant, Guid.Empty, 1, 0);
        using var slow = feed.Subscribe(RunId);
        using var list = feed.Subscribe(EngineHarness.Tenant);
        var most = 0;
        // publishing is what the engine's own threads do; it has no way to wait
        for (var seq = 1; seq <= Lines; seq++)
        {
            feed.Publish(run, [Line(seq)]);
            most = Math.Max(most, slow.Waiting);
        }

        Assert.Equal((RunSubscription.Most, 0), (most, list.Waiting)); // lines of logs are no matter of lists
        await using var batches = slow.ReadAsync().GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());
        Assert.True(batches.Current.Gap);
        Assert.Equal(RunSubscription.Most, batches.Current.Entries.Count);
        feed.Publish(run, [Line(Lines + 1)]);
        Assert.True(await batches.MoveNextAsync());
        Assert.False(batches.Current.Gap);
        Assert.Equal(Lines + 1, Assert.Single(batches.Current.Entries).Entry.Seq);
    }

    [Fact]
    public async Task MillionLines_OfManyRuns_KeepAFewForEachReader()
    {
        var feed = new RunFeed();
        var runs = Enumerable.Range(1, 100).Select(i => new RunIdentity(
            new Guid(i, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0), EngineHarness.Tenant, Guid.Empty, 1, 0)).ToList();
        var readers = runs.ConvertAll(r => feed.Subscribe(r.RunId));
        await Task.WhenAll(runs.Select(run => Task.Run(() =>
        {
            for (var seq = 1; seq <= Lines / runs.Count; seq++) feed.Publish(run, [Line(seq)]);
        })));
        Assert.All(readers, r => Assert.Equal(RunSubscription.Most, r.Waiting));
        readers.ForEach(r => r.Dispose());
        Assert.Equal(0, feed.Watched);
    }

    [Fact]
    public async Task WatchedRun_AfterAFlood_GoesOnFromTheJournalAndIsWhole()
    {
        await using var store = await WatchedFixture.CreateAsync(9_000);
        using var watch = await store.WatchAsync();
        Assert.Equal(1, watch.State.Seq);
        await store.FloodAsync();
        await using var changes = watch.ChangesAsync(default).GetAsyncEnumerator();
        Assert.True(await changes.MoveNextAsync());
        // a long journal is not held
        Assert.Equal((9_001L, true), (watch.Entries[^1].Seq, watch.Entries.Count is >= RunViews.Newest and < 2 * RunViews.Newest));
        Assert.Equal(
            Enumerable.Range((int)watch.Entries[0].Seq, watch.Entries.Count).Select(i => (long)i), watch.Entries.Select(e => e.Seq));
        await store.TellAsync(new RunEvent.RunCanceled("Dana"));
        while (watch.State.Status != RunStatus.Canceled) Assert.True(await changes.MoveNextAsync());
        Assert.Equal(9_002, watch.Entries[^1].Seq);
        Assert.Equal(Enumerable.Range(501, 500).Select(i => (long)i), (await watch.BeforeAsync(1_001, 500, default)).Select(e => e.Seq));
        Assert.Equal([1L, 2L], (await watch.BeforeAsync(3, 500, default)).Select(e => e.Seq));
        Assert.Empty(await watch.BeforeAsync(1, 500, default));
    }

    [Fact]
    public async Task FollowedExecution_AfterAFlood_IsToldOfTheGapAndGetsEveryLineOnce()
    {
        await using var store = await WatchedFixture.CreateAsync(9_000);
        var opened = await new FollowRun(store.Harness.Feed, store.Harness.RunAccess()).OpenAsync(Viewer, store.Run, 0, default);
        using var stream = opened.Value!;
        await using var batches = stream.ReadAsync(default).GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());
        var seen = batches.Current.Lines.Select(l => l.Seq).ToList();
        Assert.Equal([1L], seen);
        await store.FloodAsync();
        await store.TellAsync(new RunEvent.RunCanceled("Dana"));
        var gaps = 0;
        while (await batches.MoveNextAsync())
        {
            if (batches.Current.Gap) gaps++;
            seen.AddRange(batches.Current.Lines.Select(l => l.Seq));
        }

        Assert.Equal((1, true), (gaps, stream.IsOver)); // the stream ends with the run
        Assert.Equal(Enumerable.Range(1, 9_002).Select(i => (long)i), seen);
    }

    private static JournalEntry Line(long seq) => new(seq, DateTimeOffset.UnixEpoch, new RunEvent.Log("a", 1, NodeLogLevel.Info, "A line"));
}
