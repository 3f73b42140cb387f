using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>
/// One thread, one connection, one transaction after the other. Whatever has gathered while a commit was on its way shares the next one, so
/// a lone write never waits for company and a flood pays for few commits.
/// </summary>
internal sealed class GroupCommitWriter : IStudioWriter, IDisposable
{
    /// <summary>The most pieces of work in one commit.</summary>
    public const int MaxBatch = 512;

    private const int MostTries = 3;

    /// <summary>How long work waits for a database that cannot be reached before it is refused, in milliseconds.</summary>
    private const int Patience = 4_000;

    private const int BetweenOpenings = 200;

    private readonly Func<WriteSession> open;
    private readonly ILogger<GroupCommitWriter> logger;
    private readonly StoreTrouble trouble;
    private readonly CommitMetrics? metrics;
    private readonly string place;
    private readonly object gate = new();
    private readonly Queue<WriteItem> waiting = new();
    private readonly Thread thread;
    private WriteSession? session;
    private bool closing;

    /// <param name="open">Opens the session that writes.</param>
    /// <param name="place">Where the database is, for people.</param>
    /// <param name="trouble">Is told what keeps the database from being written.</param>
    /// <param name="logger">The log.</param>
    /// <param name="metrics">Measures the commits.</param>
    public GroupCommitWriter(
        Func<WriteSession> open, string place, StoreTrouble trouble, ILogger<GroupCommitWriter> logger, CommitMetrics? metrics = null)
    {
        (this.open, this.place, this.trouble, this.logger, this.metrics) = (open, place, trouble, logger, metrics);
        thread = new Thread(Run) { IsBackground = true, Name = "studio-writer" };
        thread.Start();
    }

    /// <summary>Queues a piece of work that needs no lock; the task completes when it is durable.</summary>
    public Task<T> EnqueueAsync<T>(Func<WriteSession, T> work) => EnqueueAsync(WriteNeeds.None, work);

    /// <summary>Queues a piece of work; the task completes when it is durable.</summary>
    public Task<T> EnqueueAsync<T>(WriteNeeds needs, Func<WriteSession, T> work)
    {
        var item = new WriteItem<T>(work) { Needs = needs };
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closing, this);
            waiting.Enqueue(item);
            if (waiting.Count == 1) Monitor.Pulse(gate);
        }

        return item.Done;
    }

    /// <inheritdoc />
    public Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
        EnqueueAsync(WriteNeeds.Turn, session => session.WithContext(work)).WaitAsync(cancellationToken);

    /// <inheritdoc />
    public Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
        EnqueueAsync(WriteNeeds.TurnOf(workspaceId), session => session.WithContext(work)).WaitAsync(cancellationToken);

    /// <summary>Writes what is queued and closes the connection.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closing) return;
            closing = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
    }

    private void Run()
    {
        var batch = new List<WriteItem>(MaxBatch);
        while (Take(batch))
        {
            Write(batch);
            batch.Clear();
        }

        session?.Dispose();
    }

    private bool Take(List<WriteItem> batch)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closing) return false;
                Monitor.Wait(gate);
            }

            while (batch.Count < MaxBatch && waiting.TryDequeue(out var item)) batch.Add(item);
            return true;
        }
    }

    private void Write(List<WriteItem> batch)
    {
        var failure = TryCommit(batch);
        // lost before its commit, a transaction is as if it had never begun: once more on a new connection
        if (failure is { Away: true, InDoubt: false }) failure = TryCommit(batch);
        if (failure is null) return;
        if (failure.Away && !(failure.IsDamage && batch.Count > 1)) // a damaged page is one piece's, as a rule
        {
            foreach (var item in batch) item.Fail(failure.Exception);
            return;
        }

        // One piece failed, and with it the transaction: do each in one of its own, so that only the guilty one fails.
        if (batch.Count > 1 && failure.Exception is not (ShardLostException or OccurrenceTakenException or StartRefusedException))
            Log.BatchFailed(logger, batch.Count, failure.Exception);
        if (batch.Count == 1 && !failure.MayBeDoneAgain) batch[0].Fail(failure.Exception);
        else foreach (var item in batch) WriteAlone(item);
    }

    private void WriteAlone(WriteItem item)
    {
        for (var left = MostTries; ; left--)
        {
            if (TryCommit([item]) is not { } failure) return;
            if (left > 1 && (failure.MayBeDoneAgain || failure is { Away: true, InDoubt: false })) continue;
            item.Fail(failure.Exception);
            return;
        }
    }

    private Failure? TryCommit(List<WriteItem> batch)
    {
        if (metrics is not { IsOn: true }) return CommitOnce(batch);
        var from = Stopwatch.GetTimestamp();
        var failure = CommitOnce(batch);
        metrics.Over(batch.Count, Stopwatch.GetElapsedTime(from), durable: failure is null);
        return failure;
    }

    private Failure? CommitOnce(List<WriteItem> batch)
    {
        try
        {
            session ??= Open();
            session.Begin(WriteNeeds.Of(batch));
            foreach (var item in batch) item.Apply(session);
            FailPoints.Pass(FailPoint.BeforeCommit);
            session.Commit();
            FailPoints.Pass(FailPoint.AfterCommit);
        }
        catch (Exception e)
        {
            return Abandon(e);
        }

        trouble.Over();
        foreach (var item in batch) item.Succeed();
        return null;
    }

    private Failure Abandon(Exception exception)
    {
        if (exception is StoreUnwritableException unwritable) return Unwritable(unwritable);
        if (session is null) return new Failure(exception, exception is StoreAwayException, InDoubt: false, MayBeDoneAgain: false);
        session.Rollback();
        if (session.FaultOf(exception) is { } fault) return Unwritable(new StoreUnwritableException(fault, exception));
        var away = session.IsAway(exception);
        var failure = new Failure(
            away
                ? new StoreAwayException("The connection to the database was lost while something was being written.", exception)
                : exception,
            away, session.IsInDoubt, session.MayBeDoneAgain(exception));
        if (away || !session.IsUsable)
        {
            session.Dispose();
            session = null;
        }

        return failure;
    }

    // not tried again: it would fail again, and whether it came too late for its commit is not known either
    private Failure Unwritable(StoreUnwritableException exception)
    {
        trouble.Met(exception.Fault, place);
        var isInDoubt = session is { IsInDoubt: true };
        // of a full disk a connection recovers by itself; what else a disk did to it nobody knows
        if (session is not null && (exception.Fault != StoreFault.DiskFull || !session.IsUsable))
        {
            session.Dispose();
            session = null;
        }

        return new Failure(exception, Away: true, isInDoubt || exception.Fault != StoreFault.Damaged, MayBeDoneAgain: false);
    }

    private WriteSession Open()
    {
        var until = Environment.TickCount64 + Patience;
        while (true)
        {
            try
            {
                return open();
            }
            catch (StoreAwayException e) when (e is not StoreUnwritableException && Environment.TickCount64 < until && Pause())
            {
                // it may be starting again
            }
        }
    }

    private bool Pause()
    {
        lock (gate)
        {
            if (!closing) Monitor.Wait(gate, BetweenOpenings);
            return !closing;
        }
    }

    /// <summary>Why a commit failed.</summary>
    /// <param name="Exception">What its pieces are told.</param>
    /// <param name="Away">The database cannot be reached.</param>
    /// <param name="InDoubt">It may be durable all the same.</param>
    /// <param name="MayBeDoneAgain">It met another transaction, and may succeed when that is over.</param>
    private sealed record Failure(Exception Exception, bool Away, bool InDoubt, bool MayBeDoneAgain)
    {
        /// <summary>What is stored contradicts itself, and nothing of the transaction is durable.</summary>
        public bool IsDamage => !InDoubt && Exception is StoreUnwritableException { Fault: StoreFault.Damaged };
    }
}
