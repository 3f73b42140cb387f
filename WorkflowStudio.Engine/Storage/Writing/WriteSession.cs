using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Journal;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>The writer's connection with what is prepared on it. Lives as long as the connection; one transaction at a time.</summary>
internal sealed class WriteSession : IDisposable
{
    private readonly DbContextOptions<StudioDbContext> options;
    private readonly ILogger logger;
    private readonly Dictionary<int, long> epochs = [];
    private readonly List<Action> afterCommit = [];

    public WriteSession(DbConnection connection, DbContextOptions<StudioDbContext> options, RunBell bell, TimeProvider clock, ILogger logger)
    {
        (Connection, this.options, Bell, Clock, this.logger) = (connection, options, bell, clock, logger);
        Journal = new JournalStatements(connection);
    }

    public DbConnection Connection { get; }

    public DbTransaction? Transaction { get; private set; }

    public JournalStatements Journal { get; }

    public RunBell Bell { get; }

    public TimeProvider Clock { get; }

    /// <summary>False when the connection is gone: then a new session has to be opened.</summary>
    public bool IsUsable { get; private set; } = true;

    public void Begin()
    {
        epochs.Clear();
        afterCommit.Clear();
        Transaction = Connection.BeginTransaction();
        Journal.Enlist(Transaction);
    }

    public void Commit()
    {
        Transaction!.Commit();
        Transaction.Dispose();
        Transaction = null;
        foreach (var action in afterCommit) Run(action);
        afterCommit.Clear();
    }

    public void Rollback()
    {
        afterCommit.Clear();
        try
        {
            Transaction?.Dispose();
        }
        catch (DbException e)
        {
            Log.RollbackFailed(logger, e);
            IsUsable = false;
        }

        Transaction = null;
        IsUsable &= Connection.State == System.Data.ConnectionState.Open;
    }

    /// <summary>Does something once the transaction is durable.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>Sends a signal: to the runs that wait for it, and to those that are about to.</summary>
    public void Signal(Tenant tenant, string signal, JsonElement data)
    {
        var id = Journal.InsertSignal(tenant, signal, data, Clock.GetUtcNow());
        foreach (var runId in Journal.WaitingFor(tenant, signal))
        {
            Journal.AddRequest(runId, new RunRequest(0, Runtime.Runs.RunRequestKind.Signal, null, signal, data, null) { SignalId = id }, Clock.GetUtcNow());
            AfterCommit(() => Bell.Ring(runId));
        }
    }

    /// <summary>Throws <see cref="ShardLostException"/> when the shard has a newer owner. Read once a transaction.</summary>
    public void Fence(int shard, long epoch)
    {
        if (!epochs.TryGetValue(shard, out var current)) epochs[shard] = current = Journal.Epoch(shard);
        if (current != epoch) throw new ShardLostException(shard, epoch);
    }

    /// <summary>Says that an epoch was counted up in this transaction.</summary>
    public void Claimed(int shard) => epochs.Remove(shard);

    /// <summary>Runs work on a fresh context inside the transaction, and saves it.</summary>
    public T WithContext<T>(Func<StudioWrite, T> work)
    {
        using var context = new StudioDbContext(options);
        context.Database.UseTransaction(Transaction);
        var result = work(new ContextWrite(this, context));
        context.SaveChanges();
        return result;
    }

    // what is durable stays durable: an action that throws must not make the commit look failed
    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Log.AfterCommitFailed(logger, e);
        }
    }

    public void Dispose()
    {
        Journal.Dispose();
        Transaction?.Dispose();
        Connection.Dispose();
    }

    private sealed class ContextWrite(WriteSession session, StudioDbContext context) : StudioWrite
    {
        public override StudioDbContext Db => context;

        public override void AfterCommit(Action action) => session.AfterCommit(action);

        public override void StartRun(RunStart start)
        {
            if (RunStarts.Insert(session, start, EncodedEntry.Of([start.First, .. start.Given])) is RunGate.None or RunGate.Counted)
                session.AfterCommit(() => session.Bell.Ring(start.Run.RunId));
        }

        public override void Signal(Tenant tenant, string signal, JsonElement data) => session.Signal(tenant, signal, data);
    }
}
