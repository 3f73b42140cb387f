using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>
/// One thread, one connection, one transaction after the other. Whatever has gathered while a commit was on its way shares the next one, so
/// a lone write never waits for company and a flood pays for few commits.
/// </summary>
internal sealed class GroupCommitWriter : IStudioWriter, IDisposable
{
    /// <summary>The most pieces of work in one commit.</summary>
    public const int MaxBatch = 512;

    private readonly Func<WriteSession> open;
    private readonly ILogger<GroupCommitWriter> logger;
    private readonly object gate = new();
    private readonly Queue<WriteItem> waiting = new();
    private readonly Thread thread;
    private bool closing;

    public GroupCommitWriter(Func<WriteSession> open, ILogger<GroupCommitWriter> logger)
    {
        (this.open, this.logger) = (open, logger);
        thread = new Thread(Run) { IsBackground = true, Name = "studio-writer" };
        thread.Start();
    }

    /// <summary>Queues a piece of work; the task completes when it is durable.</summary>
    public Task<T> EnqueueAsync<T>(Func<WriteSession, T> work)
    {
        var item = new WriteItem<T>(work);
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
        EnqueueAsync(session => session.WithContext(work)).WaitAsync(cancellationToken);

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
        WriteSession? session = null;
        var batch = new List<WriteItem>(MaxBatch);
        while (Take(batch))
        {
            try
            {
                session ??= open();
                Commit(session, batch);
                Succeed(batch);
            }
            catch (Exception e)
            {
                session = Recover(session, batch, e);
                if (session is { IsUsable: false })
                {
                    session.Dispose();
                    session = null;
                }
            }

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

    private static void Commit(WriteSession session, List<WriteItem> batch)
    {
        session.Begin();
        foreach (var item in batch) item.Apply(session);
        FailPoints.Pass("before_commit");
        session.Commit();
        FailPoints.Pass("after_commit");
    }

    private static void Succeed(List<WriteItem> batch)
    {
        foreach (var item in batch) item.Succeed();
    }

    // One piece failed, and with it the transaction: do each in one of its own, so that only the guilty one fails.
    private WriteSession? Recover(WriteSession? session, List<WriteItem> batch, Exception exception)
    {
        if (session is null || batch.Count == 1)
        {
            session?.Rollback();
            foreach (var item in batch) item.Fail(exception);
            return session;
        }

        if (exception is not (Runtime.Journal.ShardLostException or Runtime.Journal.OccurrenceTakenException)) Log.BatchFailed(logger, batch.Count, exception);
        session.Rollback();
        foreach (var item in batch)
        {
            try
            {
                session.Begin();
                item.Apply(session);
                session.Commit();
                item.Succeed();
            }
            catch (Exception e)
            {
                session.Rollback();
                item.Fail(e);
            }
        }

        return session;
    }
}
