using System.Runtime.CompilerServices;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Follows a run line by line, for clients that keep a connection open.</summary>
internal sealed class FollowRun(RunFeed feed, RunHistory history)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>Begins to follow after a place in the journal, 0 from the start. Dispose what comes back to stop.</summary>
    public async Task<Result<RunLogStream>> OpenAsync(Caller caller, Guid runId, long after, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        // before the journal is read: what happens in between is told twice and dropped by its number
        var subscription = feed.Subscribe(runId);
        if (await history.HeaderAsync(caller.Tenant, runId, cancellationToken) is { } run)
            return new RunLogStream(subscription, history, runId, after, run.FinishedAt is not null && after >= run.LastSeq);
        subscription.Dispose();
        return new OperationProblem.NotFound("execution");
    }
}

/// <summary>Lines of a run that belong together.</summary>
/// <param name="Lines">In order; none is missing and none comes twice.</param>
/// <param name="Gap">Whether the run told more than could be sent: what comes from here on is read from the journal, later than it
/// happened.</param>
internal sealed record RunLogBatch(IReadOnlyList<RunLogEntry> Lines, bool Gap);

/// <summary>A run that is followed.</summary>
internal sealed class RunLogStream : IDisposable
{
    private readonly RunSubscription subscription;
    private readonly RunHistory history;
    private readonly Guid runId;
    private long last;

    internal RunLogStream(RunSubscription subscription, RunHistory history, Guid runId, long after, bool isOver) =>
        (this.subscription, this.history, this.runId, last, IsOver) = (subscription, history, runId, after, isOver);

    /// <summary>Whether the run is over and all its lines were given.</summary>
    public bool IsOver { get; private set; }

    /// <summary>First the lines there are, then those that come, at most ten times a second. Ends with the run.</summary>
    public async IAsyncEnumerable<RunLogBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in JournalAsync(cancellationToken)) yield return batch;
        if (IsOver) yield break;
        await foreach (var told in subscription.ReadAsync(cancellationToken))
        {
            var fresh = told.Entries.Select(e => e.Entry).SkipWhile(e => e.Seq <= last).ToList();
            if (told.Gap) yield return new RunLogBatch([], Gap: true);
            // one by one, as long as each follows the one before; what is missing is in the journal
            var follows = !told.Gap && fresh.Select((e, i) => e.Seq == last + 1 + i).All(isNext => isNext);
            if (follows && fresh.Count > 0) yield return Batch([.. fresh.Select(RunLogEntry.Of)]);
            else if (!follows) await foreach (var batch in JournalAsync(cancellationToken)) yield return batch;
            if (IsOver) yield break;
        }
    }

    public void Dispose() => subscription.Dispose();

    private async IAsyncEnumerable<RunLogBatch> JournalAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await history.EntriesAsync(runId, last, ReadRun.MaxLines, cancellationToken) is { Count: > 0 } entries)
        {
            yield return Batch([.. entries.Select(RunLogEntry.Of)]);
            if (entries.Count < ReadRun.MaxLines) yield break;
        }
    }

    private RunLogBatch Batch(IReadOnlyList<RunLogEntry> lines)
    {
        last = lines[^1].Seq;
        IsOver = lines[^1].EndsRun;
        return new RunLogBatch(lines, Gap: false);
    }
}
