using System.Runtime.CompilerServices;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Follows a run line by line, for clients that keep a connection open.</summary>
internal sealed class FollowRun(RunFeed feed, RunAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>What is said where a run is not told any more.</summary>
    public const string NotAnyMore = "This run is not told any more: the key or the sign-in has lost the right to see it.";

    /// <summary>Begins to follow after a place in the journal, 0 from the start. Dispose what comes back to stop.</summary>
    public async Task<Result<RunLogStream>> OpenAsync(Caller caller, Guid runId, long after, CancellationToken cancellationToken)
    {
        if (caller.RefuseKey(Needs) is { } refused) return refused;
        // before the journal is read: what happens in between is told twice and dropped by its number
        var subscription = feed.Subscribe(runId);
        var found = await access.FindAsync(caller, runId, Needs, "execution", tests: false, cancellationToken);
        if (found.Ok) return new RunLogStream(subscription, access, caller, found.Value, after);
        subscription.Dispose();
        return found.Problem;
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
    private readonly RunAccess access;
    private readonly Caller caller;
    private readonly FoundRun found;
    private long last;

    internal RunLogStream(RunSubscription subscription, RunAccess access, Caller caller, FoundRun found, long after) =>
        (this.subscription, this.access, this.caller, this.found, last, IsOver) =
            (subscription, access, caller, found, after, found.Row.FinishedAt is not null && after >= found.Row.LastSeq);

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
            if (follows && fresh.Count > 0) yield return Batch(fresh);
            else if (!follows) await foreach (var batch in JournalAsync(cancellationToken)) yield return batch;
            if (IsOver) yield break;
        }
    }

    /// <summary>Whether somebody, as they are now, may still follow it as they do.</summary>
    public Task<bool> MayStayAsync(Caller now, CancellationToken cancellationToken) =>
        now.Tenant == caller.Tenant ? access.MayStayAsync(now, found, cancellationToken) : Task.FromResult(false);

    public void Dispose() => subscription.Dispose();

    private async IAsyncEnumerable<RunLogBatch> JournalAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await access.History.EntriesAsync(found.Row.Id, last, ReadRun.MaxLines, cancellationToken) is { Count: > 0 } entries)
        {
            yield return Batch(entries);
            if (entries.Count < ReadRun.MaxLines) yield break;
        }
    }

    private RunLogBatch Batch(IReadOnlyList<JournalEntry> entries)
    {
        RunLogEntry[] lines = [.. entries.Select(e => RunLogEntry.Of(found.IsVeiled ? RunVeil.Over(e) : e))];
        last = lines[^1].Seq;
        IsOver = lines[^1].EndsRun;
        return new RunLogBatch(lines, Gap: false);
    }
}
