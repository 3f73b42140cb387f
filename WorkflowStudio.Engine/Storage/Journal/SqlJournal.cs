using System.Data.Common;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>The journal over SQL: writes ride in the group commit, reads go through connections beside it.</summary>
internal sealed class SqlJournal(
    GroupCommitWriter writer, StudioDatabase database, TimeProvider clock, Announcers? announcers = null) : IJournal
{
    public Task<RunGate?> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        var entries = Encode(start);
        return writer.EnqueueAsync(WriteNeeds.Of(start), session => RunStarts.Insert(session, start, entries)).WaitAsync(cancellationToken);
    }

    // not given up by a token: once queued it will be written, and the caller must know
    public Task AppendAsync(RunAppend append, CancellationToken cancellationToken)
    {
        var entries = EncodedEntry.Of(append.Entries);
        (RunStart, EncodedEntry[])[] starts = append.Starts.Count == 0 ? [] : [.. append.Starts.Select(s => (s, Encode(s)))];
        var needs = WriteNeeds.Of(append);
        if (announcers?.MayStartRuns(append) is true) needs = needs with { Gates = true };
        return writer.EnqueueAsync(needs, session => Append(session, append, entries, starts));
    }

    public Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.EnqueueAsync(WriteNeeds.Claim(shard), session =>
        {
            session.Journal.Shards.Claim(shard, now);
            session.Claimed(shard);
            FailPoints.Pass(FailPoint.ClaimWritten);
            return session.Journal.Shards.Epoch(shard);
        });

    public Task HandBackAsync(int shard, long epoch, CancellationToken cancellationToken) =>
        writer.EnqueueAsync(WriteNeeds.Claim(shard), session =>
        {
            session.Journal.Shards.HandBack(shard, epoch);
            session.Claimed(shard);
            FailPoints.Pass(FailPoint.HandBackWritten);
            return true;
        });

    public Task SetCrashesAsync(RunIdentity run, long epoch, int crashes, int trials, CancellationToken cancellationToken) =>
        writer.EnqueueAsync(WriteNeeds.Owner(run.Shard), session =>
        {
            session.Fence(run.Shard, epoch);
            session.Journal.Runs.SetCrashes(SqlId.Of(run.RunId), crashes, trials);
            return true;
        });

    public Task PostponeAsync(Guid runId, int shard, long epoch, DateTimeOffset until, CancellationToken cancellationToken) =>
        writer.EnqueueAsync(WriteNeeds.Owner(shard), session =>
        {
            session.Fence(shard, epoch);
            session.Journal.Runs.MoveWake(SqlId.Of(runId), until);
            return true;
        });

    public Task<RunStatus?> RequestAsync(Tenant tenant, Guid runId, RunRequest request, KeptAnswer? answer,
        CancellationToken cancellationToken) => writer.EnqueueAsync(session =>
        {
            var status = session.Journal.Runs.Status(runId, tenant);
            if (status is not (RunStatus.Queued or RunStatus.Running or RunStatus.Waiting or RunStatus.Paused)) return status;
            session.Journal.Inbox.Add(runId, request, clock.GetUtcNow());
            if (answer is not null) session.Journal.Answers.Insert(answer);
            FailPoints.Pass(FailPoint.RequestWritten);
            return status;
        }).WaitAsync(cancellationToken);

    public Task<IReadOnlyList<Guid>> DueAsync(
        IReadOnlyList<int> shards, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection => DueRuns.FirstAsync(connection, database.IsShared, shards, now, limit, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<DueRun>> DueBehindAsync(
        int shard, DueRun? behind, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => DueRuns.BehindAsync(connection, shard, behind, now, limit, cancellationToken), cancellationToken);

    public Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken) => ReadAsync(
        async connection => await HeaderAsync(connection, runId, cancellationToken) is { } header
            ? header with { Entries = await JournalReading.EntriesAsync(connection, runId, 0, int.MaxValue, cancellationToken) }
            : null,
        cancellationToken);

    public Task<int> OpenInFamilyAsync(Guid rootId, int most, CancellationToken cancellationToken) => ReadAsync(
        async connection =>
        {
            await using var command = JournalReading.Command(connection, RunStarts.OpenInFamilySql, SqlId.Of(rootId), most);
            return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), null);
        },
        cancellationToken);

    public Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<RunRequest>>(
            async connection =>
            {
                await using var command = JournalReading.Command(connection, """SELECT "Id","Kind","NodeId","Name","Data","By","Iteration","SignalId" FROM run_inbox WHERE "RunId"=@p0 ORDER BY "Id" """, SqlId.Of(runId));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var requests = new List<RunRequest>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    var data = reader.IsDBNull(4) ? default : System.Text.Json.JsonElement.Parse(reader.GetFieldValue<byte[]>(4));
                    requests.Add(new RunRequest(
                        reader.GetInt64(0), (RunRequestKind)reader.GetInt32(1), Text(reader, 2), Text(reader, 3), data, Text(reader, 5))
                    { Iteration = Text(reader, 6), SignalId = reader.GetInt64(7) });
                }

                return requests;
            },
            cancellationToken);

    private static async Task<RunRecord?> HeaderAsync(DbConnection connection, Guid runId, CancellationToken cancellationToken)
    {
        await using var command = JournalReading.Command(connection, """SELECT "WorkspaceId","Environment","WorkflowId","VersionSerial","Shard","Status","ParentId","Depth","Gate","Crashes","IsTest","RootId","Trials","WakeAt" FROM runs WHERE "Id"=@p0""", SqlId.Of(runId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var tenant = new Tenant(new Guid(reader.GetFieldValue<byte[]>(0), true), (StudioEnvironment)reader.GetInt32(1));
        var run = new RunIdentity(runId, tenant, new Guid(reader.GetFieldValue<byte[]>(2), true), reader.GetInt64(3), reader.GetInt32(4))
        {
            ParentId = reader.IsDBNull(6) ? null : new Guid(reader.GetFieldValue<byte[]>(6), true),
            RootId = reader.IsDBNull(11) ? null : new Guid(reader.GetFieldValue<byte[]>(11), true),
            Depth = reader.GetInt32(7),
            IsTest = reader.GetBoolean(10),
        };
        return new RunRecord(run, (RunStatus)reader.GetInt32(5), [])
        {
            Gate = (RunGate)reader.GetInt32(8),
            Crashes = reader.GetInt32(9),
            Trials = reader.GetInt32(12),
            WakeAt = reader.IsDBNull(13) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(13)),
        };
    }

    public Task<RunHead?> HeadAsync(Guid runId, CancellationToken cancellationToken) =>
        ReadAsync(connection => RunHeads.ReadAsync(connection, runId, cancellationToken), cancellationToken);

    private async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenForEngineAsync(cancellationToken);
            return await read(connection);
        }
        // a sector that cannot be read is the run's own trouble, and told; the writer tells of the rest
        catch (DbException e) when (database.FaultOf(e) is { } fault and (StoreFault.DiskFull or StoreFault.ReadOnly))
        {
            throw new StoreUnwritableException(fault, e);
        }
        catch (DbException e) when (database.IsAway(e))
        {
            throw new StoreAwayException("The connection to the database was lost while a run was being read.", e);
        }
    }

    private static EncodedEntry[] Encode(RunStart start) =>
        start.Given.Count == 0 ? [EncodedEntry.Of(start.First)] : [EncodedEntry.Of(start.First), .. EncodedEntry.Of(start.Given)];

    private static bool Append(
        WriteSession session, RunAppend append, EncodedEntry[] entries, (RunStart Start, EncodedEntry[] Entries)[] starts)
    {
        session.Fence(append.Run.Shard, append.Epoch);
        var runId = SqlId.Of(append.Run.RunId);
        foreach (var entry in entries) session.Journal.Entries.Insert(runId, entry);
        if (append.Header.Status is RunStatus.Canceled or RunStatus.Failed && append.EndedWaits.Count > 0) CancelChildren(session, runId);
        foreach (var place in append.EndedWaits) session.Journal.Waits.Delete(runId, place);
        foreach (var request in append.InboxTaken) session.Journal.Inbox.Delete(runId, request);
        foreach (var wait in append.Waits) Park(session, append.Run, runId, wait);
        if (entries.Length > 0) session.Journal.Runs.Update(runId, entries[^1].Seq, append.Header, append.GetsOn);
        else if (append.Header.WakeAt is { } wakeAt) session.Journal.Runs.RenewWake(runId, wakeAt);
        // whatever lies in the inbox: nobody could take it
        if (append.IsSetAside) session.Journal.Runs.MoveWake(runId, append.Header.WakeAt!.Value);
        foreach (var (start, first) in starts) Start(session, start, first);
        if (append.Header.FinishedAt is not null) Finish(session, append);
        session.Announcer?.Appended(session, append);
        AppendPoints.Pass(append);
        return true;
    }

    private static void Start(WriteSession session, RunStart start, EncodedEntry[] entries)
    {
        var gate = RunStarts.Insert(session, start, entries);
        if (gate is null) session.Signal(start.Run.Tenant, RunResult.FinishedSignal(start.Run.RunId), RunResult.Skipped(start.Run.RunId));
        else if (gate != RunGate.Held) session.AfterCommit(() => session.Bell.Ring(start.Run.RunId));
    }

    private static void Finish(WriteSession session, RunAppend append)
    {
        if (append.Concurrency is { } rule) RunStarts.Release(session, append.Run.WorkflowId, rule);
        if (append.Run.ParentId is not null) session.Signal(append.Run.Tenant, RunResult.FinishedSignal(append.Run.RunId), append.Result);
    }

    // nobody would hear of the end of a run whose parent waited for it
    private static void CancelChildren(WriteSession session, byte[] runId)
    {
        foreach (var signal in session.Journal.Waits.ChildSignals(runId))
        {
            if (!Guid.TryParseExact(signal.AsSpan(RunResult.FinishedPrefix.Length), "N", out var child)) continue;
            session.Journal.Inbox.Add(
                child, new RunRequest(0, RunRequestKind.Cancel, null, null, default, "the run that started it"), session.Clock.GetUtcNow());
            session.AfterCommit(() => session.Bell.Ring(child));
        }
    }

    // Signals may have been sent after the step looked and before it waits here: then they are delivered at once, in the same transaction.
    private static void Park(WriteSession session, RunIdentity run, byte[] runId, RunWait wait)
    {
        session.Journal.Waits.Insert(runId, run.Tenant, wait);
        if (wait.Signal is null
            || session.Journal.Signals.SentSince(run.Tenant, wait.Signal, wait.Since, wait.SinceId) is not { Count: > 0 } sent) return;
        foreach (var (id, data) in sent)
        {
            var request = new RunRequest(0, RunRequestKind.Signal, wait.NodeId, wait.Signal, data, null)
            { Iteration = wait.Iteration, SignalId = id };
            session.Journal.Inbox.Add(run.RunId, request, session.Clock.GetUtcNow());
        }

        session.AfterCommit(() => session.Bell.Ring(run.RunId));
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

/// <summary>Connections for reading, beside the writer's.</summary>
public interface IReadConnections
{
    /// <summary>An open connection; the caller disposes it.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);
}
