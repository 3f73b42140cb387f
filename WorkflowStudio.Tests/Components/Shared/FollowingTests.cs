using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

/// <summary>What a page follows, it follows until it is closed.</summary>
public sealed class FollowingTests
{
    private readonly FakeTimeProvider clock = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Following_AfterALostCallAndADatabaseThatWasAway_GoesOn()
    {
        using var closing = new CancellationTokenSource();
        var times = 0;
        var following = Following.UntilClosedAsync(
            () => ++times switch
            {
                1 => Task.FromException(new TaskCanceledException("A call to the browser timed out.")),
                2 => Task.FromException(new StoreAwayException("The database cannot be reached.", new IOException())),
                _ => Task.Delay(Timeout.Infinite, closing.Token),
            },
            clock,
            closing.Token);

        for (var expected = 2; expected <= 3; expected++)
        {
            Assert.False(following.IsCompleted);
            await RingUntilAsync(() => times >= expected);
        }

        await closing.CancelAsync();
        await following;
    }

    [Fact]
    public async Task Following_WhatIsABug_IsNotTakenForAnInterruption() =>
        await Assert.ThrowsAsync<FormatException>(
            () => Following.UntilClosedAsync(() => Task.FromException(new FormatException()), clock, CancellationToken.None));

    [Fact]
    public async Task LiveUpdates_AReadThatFails_IsDoneAgainAndFollowed()
    {
        using var closing = new CancellationTokenSource();
        var caller = new Caller { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live), Name = "Dana", Role = WorkspaceRole.Owner };
        var reads = 0;
        var following = new LiveUpdates(new WatchRuns(new RunFeed()), clock).FollowAsync(
            caller,
            LiveUpdates.Rows,
            _ => ++reads == 1
                ? Task.FromException(new StoreAwayException("The database cannot be reached.", new IOException()))
                : Task.CompletedTask,
            closing.Token);

        await RingUntilAsync(() => reads == 2);
        Assert.False(following.IsCompleted);

        await closing.CancelAsync();
        await following;
    }

    [Fact]
    public async Task Run_WhoseEntriesCouldNotBeRead_IsReadAnewByTheNextEnumeration()
    {
        const int Lines = RunSubscription.Most + 10; // more than is told: the rest is read
        await using var store = await WatchedFixture.CreateAsync(Lines);
        var broken = new BrokenConnections(store.Harness.Get<IReadConnections>());
        var history = new RunHistory(store.Harness.Get<IDbContextFactory<StudioDbContext>>(), broken);
        var caller = new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Viewer };
        using var watch = (await new WatchRun(store.Harness.Feed, store.Harness.Views, store.Harness.RunAccess(history))
            .OpenAsync(caller, store.Run, default)).Value!;
        await store.FloodAsync();

        broken.IsAway = true;
        await Assert.ThrowsAsync<StoreAwayException>(async () => await watch.ChangesAsync(default).GetAsyncEnumerator().MoveNextAsync());
        broken.IsAway = false;

        await using var again = watch.ChangesAsync(default).GetAsyncEnumerator();
        Assert.True(await again.MoveNextAsync().AsTask().WaitAsync(EngineHarness.Patience));
        Assert.Equal(Lines + 1, again.Current.Seq);
    }

    private sealed class BrokenConnections(IReadConnections connections) : IReadConnections
    {
        public bool IsAway { get; set; }

        public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => IsAway
            ? Task.FromException<DbConnection>(new StoreAwayException("The database cannot be reached.", new IOException()))
            : connections.OpenAsync(cancellationToken);
    }

    private async Task RingUntilAsync(Func<bool> done)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!done())
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(Following.Pause);
            await Task.Yield();
        }
    }
}
