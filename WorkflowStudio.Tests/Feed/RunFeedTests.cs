using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Feed;

public sealed class RunFeedTests
{
    [Fact]
    public void Subscriptions_ThatWereDisposed_LeaveNothing()
    {
        var feed = new RunFeed();
        var run = Guid.Parse("22222222-2222-7222-8222-222222222222");
        var first = feed.Subscribe(run);
        using (feed.Subscribe(run))
        using (feed.Subscribe(EngineHarness.Tenant)) Assert.Equal(2, feed.Watched);
        Assert.Equal(1, feed.Watched);
        first.Dispose();
        Assert.Equal(0, feed.Watched);
    }

    [Fact]
    public async Task ReaderThatIsTooSlow_IsToldOfTheGapAndGetsWhatComesAfterwards()
    {
        var feed = new RunFeed();
        var run = new RunIdentity(Guid.Parse("22222222-2222-7222-8222-222222222222"), EngineHarness.Tenant, Guid.Empty, 1, 0);
        using var subscription = feed.Subscribe(run.RunId);
        feed.Publish(run, [.. Enumerable.Range(1, 5_000).Select(Entry)]);
        await using var batches = subscription.ReadAsync().GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal((4_096, true), (batches.Current.Entries.Count, batches.Current.Gap));
        feed.Publish(run, [Entry(5_001)]);
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal((5_001, false), (Assert.Single(batches.Current.Entries).Entry.Seq, batches.Current.Gap));
    }

    private static JournalEntry Entry(int seq) => new(seq, DateTimeOffset.UnixEpoch, new RunEvent.StepStarted("a", 1));
}
