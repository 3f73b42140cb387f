using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace WorkflowStudio.Engine.Feed;

/// <summary>One reader of the feed. Holds at most 4,096 entries; more are dropped and shown as a gap. Dispose it to stop.</summary>
public sealed class RunSubscription : IDisposable
{
    /// <summary>The most entries that wait for the reader.</summary>
    public const int Most = 4_096;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Channel<FeedEntry> channel = Channel.CreateBounded<FeedEntry>(
        new BoundedChannelOptions(Most) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Action<RunSubscription> remove;
    private int dropped;

    internal RunSubscription(Action<RunSubscription> remove) => this.remove = remove;

    /// <summary>How many entries wait for the reader.</summary>
    public int Waiting => channel.Reader.Count;

    /// <summary>
    /// The entries as they come, gathered for 100 ms. Ends when the subscription is disposed or <paramref name="cancellationToken"/> asks.
    /// </summary>
    public IAsyncEnumerable<FeedBatch> ReadAsync(CancellationToken cancellationToken = default) => ReadAsync(Pause, cancellationToken);

    /// <summary>The same without gathering: for a reader who waits for one of them alone.</summary>
    public IAsyncEnumerable<FeedBatch> ReadAtOnceAsync(CancellationToken cancellationToken) =>
        ReadAsync(TimeSpan.Zero, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        remove(this);
        channel.Writer.TryComplete();
    }

    /// <summary>Shows a gap, now.</summary>
    internal void Miss()
    {
        Volatile.Write(ref dropped, 1);
        channel.Writer.TryWrite(default);
    }

    internal void Offer(in FeedEntry entry)
    {
        if (channel.Writer.TryWrite(entry)) return;
        Volatile.Write(ref dropped, 1);
        // the reader may have emptied the channel meanwhile, and would hear of the gap only with the next entry
        channel.Writer.TryWrite(entry);
    }

    private async IAsyncEnumerable<FeedBatch> ReadAsync(TimeSpan pause, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await channel.Reader.WaitToReadAsync(cancellationToken))
        {
            var batch = new List<FeedEntry>();
            while (batch.Count < Most && channel.Reader.TryRead(out var entry))
                if (entry != default) batch.Add(entry);
            yield return new FeedBatch(batch, Interlocked.Exchange(ref dropped, 0) == 1);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, cancellationToken);
        }
    }
}
