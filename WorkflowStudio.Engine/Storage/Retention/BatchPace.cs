using System.Diagnostics;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>
/// Does upkeep through the writer without being felt: as many rows a transaction as take about 20 ms with their commit, and after each a
/// pause at least as long, in which others write.
/// </summary>
internal sealed class BatchPace(GroupCommitWriter writer, TimeProvider clock)
{
    /// <summary>How long a transaction should take at most, until it is durable.</summary>
    public static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(20);

    private const int Fewest = 8;
    private const int Most = 4_000;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>How many rows the next transaction may touch.</summary>
    public int Rows { get; private set; } = 64;

    /// <summary>The longest transaction so far.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Runs work that touches about as many rows as it is told, in a transaction; then pauses.</summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, int, T> work, CancellationToken cancellationToken) =>
        WriteAsync(WriteNeeds.None, work, cancellationToken);

    /// <summary>The same with what it needs.</summary>
    public async Task<T> WriteAsync<T>(WriteNeeds needs, Func<WriteSession, int, T> work, CancellationToken cancellationToken)
    {
        var (rows, began) = (Rows, 0L);
        var result = await writer.EnqueueAsync(needs, session =>
        {
            began = Stopwatch.GetTimestamp(); // the wait for the writer is not ours
            var done = work(session, rows);
            FailPoints.Pass(FailPoint.RetentionBatch);
            return done;
        });
        var took = Stopwatch.GetElapsedTime(began);
        Took(took);
        await Task.Delay(took < ShortestPause ? ShortestPause : took > LongestPause ? LongestPause : took, clock, cancellationToken);
        return result;
    }

    /// <summary>Learns from a transaction: far too long halves the next, well below the aim makes it a quarter larger.</summary>
    internal void Took(TimeSpan time)
    {
        if (time > Longest) Longest = time;
        if (time > Aim) Rows = Math.Max(Fewest, (int)(Rows * Math.Max(0.5, Aim / time)));
        else if (time < Aim * 0.6) Rows = Math.Min(Most, Rows + Math.Max(Fewest, Rows / 4));
    }
}
