using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Journal.Statements;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>The writer's connection with what is prepared on it. Lives as long as the connection; one transaction at a time.</summary>
internal sealed class WriteSession : IDisposable
{
    private readonly WriterConnection connection;
    private readonly DbContextOptions<StudioDbContext> options;
    private readonly ILogger logger;
    private readonly Dictionary<int, long> epochs = [];
    private readonly List<Action> afterCommit = [];
    private readonly List<Sent> sent = [];

    public WriteSession(
        WriterConnection connection, DbContextOptions<StudioDbContext> options, RunBell bell, TimeProvider clock, ILogger logger)
    {
        (this.connection, this.options, Bell, Clock, this.logger) = (connection, options, bell, clock, logger);
        Journal = new JournalStatements(connection);
    }

    public DbConnection Connection => connection.Connection;

    public DbTransaction? Transaction { get; private set; }

    public JournalStatements Journal { get; }

    public RunBell Bell { get; }

    public TimeProvider Clock { get; }

    /// <summary>Counts the runs that are made; null when nobody does.</summary>
    public RunMetrics? Runs { get; init; }

    /// <summary>Hears of runs and workflows; null when nobody does.</summary>
    public IAnnouncer? Announcer { get; init; }

    /// <summary>False when the connection is gone: then a new session has to be opened.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>Whether the connection was lost while a commit was on its way, so that nobody knows what came of it.</summary>
    public bool IsInDoubt { get; private set; }

    public void Begin(WriteNeeds needs)
    {
        epochs.Clear();
        afterCommit.Clear();
        sent.Clear();
        Transaction = connection.Begin(needs, epochs);
        Journal.Enlist(Transaction);
    }

    public void Commit()
    {
        SendAll();
        connection.Send();
        try
        {
            Transaction!.Commit();
        }
        catch (Exception e) when (connection.IsAway(e))
        {
            IsInDoubt = true;
            throw;
        }

        Transaction.Dispose();
        Transaction = null;
        connection.Committed();
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
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException)
        {
            Log.RollbackFailed(logger, e);
            IsUsable = false;
        }

        Transaction = null;
        IsUsable &= connection.IsOpen;
    }

    /// <summary>Whether the failure means that the database cannot be reached.</summary>
    public bool IsAway(Exception failure) => connection.IsAway(failure);

    /// <summary>What keeps the database from being written, when that is why the work failed.</summary>
    public StoreFault? FaultOf(Exception failure) => connection.FaultOf(failure);

    /// <summary>Whether the work only met another transaction and may be done again.</summary>
    public bool MayBeDoneAgain(Exception failure) => connection.MayBeDoneAgain(failure);

    /// <summary>A further statement, see <see cref="WriterConnection.Statement"/>; part of the transaction that is open.</summary>
    public Statement Statement(string sql, string parameters)
    {
        var statement = connection.Statement(sql, parameters);
        statement.Enlist(Transaction!);
        return statement;
    }

    /// <summary>Does something once the transaction is durable.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>
    /// Sends a signal: to the runs that wait for it, and to those that are about to. It goes out at the end of the transaction.
    /// </summary>
    public void Signal(Tenant tenant, string signal, JsonElement data) => sent.Add(new Sent(tenant, signal, data, null));

    /// <summary>Throws <see cref="ShardLostException"/> when the shard has a newer owner. Holds until the commit.</summary>
    public void Fence(int shard, long epoch)
    {
        if (!epochs.TryGetValue(shard, out var current)) epochs[shard] = current = Journal.Shards.Epoch(shard);
        if (current != epoch) throw new ShardLostException(shard, epoch);
    }

    /// <summary>Says that an epoch was counted up in this transaction.</summary>
    public void Claimed(int shard) => epochs.Remove(shard);

    /// <summary>Runs work on a fresh context inside the transaction, and saves it.</summary>
    public T WithContext<T>(Func<StudioWrite, T> work)
    {
        connection.Send();
        using var context = new StudioDbContext(options);
        context.Database.UseTransaction(Transaction);
        var result = work(new ContextWrite(this, context));
        context.SaveChanges();
        return result;
    }

    public void Dispose()
    {
        Journal.Dispose();
        try
        {
            Transaction?.Dispose();
            connection.Dispose();
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            Log.RollbackFailed(logger, e); // a connection that is gone need not be closed
        }
    }

    // At the end of the transaction: while signals are delivered no step may begin to wait, on any node. Runs are made in between, in the
    // order in which both were wanted: what was sent before a run is known by its number, and is not for it.
    private void SendAll()
    {
        if (sent.Exists(s => s.Start is null)) connection.LockWaits();
        var last = 0L;
        foreach (var (tenant, name, data, start) in sent)
            if (start is null) last = Deliver(tenant, name, data);
            else Make(start, last);
        sent.Clear();
    }

    private long Deliver(Tenant tenant, string name, JsonElement data)
    {
        var id = Journal.Signals.Insert(tenant, name, data, Clock.GetUtcNow());
        Diagnostics.FailPoints.Pass(Diagnostics.FailPoint.SignalWritten);
        foreach (var (runId, status) in Journal.Waits.WaitingFor(tenant, name))
        {
            var request = new RunRequest(0, RunRequestKind.Signal, null, name, data, null) { SignalId = id };
            Journal.Inbox.Add(runId, request, Clock.GetUtcNow());
            if (request.Rings(status)) AfterCommit(() => Bell.Ring(runId));
        }

        return id;
    }

    private void Make(RunStart start, long heard)
    {
        var first = start.First.Event is RunEvent.RunStarted started && heard > 0
            ? start.First with { Event = started with { Heard = heard } }
            : start.First;
        if (RunStarts.Insert(this, start, EncodedEntry.Of([first, .. start.Given])) is RunGate.None or RunGate.Counted)
            AfterCommit(() => Bell.Ring(start.Run.RunId));
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

    /// <summary>A signal that is sent, or a run that is made.</summary>
    private readonly record struct Sent(Tenant Tenant, string Name, JsonElement Data, RunStart? Start);

    private sealed class ContextWrite(WriteSession session, StudioDbContext context) : StudioWrite
    {
        public override StudioDbContext Db => context;

        public override void AfterCommit(Action action) => session.AfterCommit(action);

        public override void Announce(WorkflowRow workflow, WorkflowChange change) =>
            session.Announcer?.Changed(session, workflow, change);

        public override void StartRun(RunStart start)
        {
            if (start.Concurrency is not null) session.connection.LockGates(); // now: it comes before the lock of the waits
            session.sent.Add(new Sent(start.Run.Tenant, "", default, start));
        }

        public override bool IsStarting(Tenant tenant) => session.sent.Exists(s => s.Start is not null && s.Tenant == tenant);

        public override void Signal(Tenant tenant, string signal, JsonElement data) => session.Signal(tenant, signal, data);
    }
}
