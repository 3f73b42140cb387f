using System.Data.Common;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>The journal over SQL: writes ride in the group commit, reads go through connections beside it.</summary>
internal sealed class SqlJournal(GroupCommitWriter writer, IReadConnections connections, TimeProvider clock) : IJournal
{
    public Task StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        var first = EncodedEntry.Of(start.First);
        return writer.EnqueueAsync(session =>
        {
            session.Journal.InsertRun(start);
            session.Journal.InsertEvent(JournalStatements.Bytes(start.Run.RunId), first);
            if (start.Answer is not null) session.Journal.InsertAnswer(start.Answer);
            return true;
        }).WaitAsync(cancellationToken);
    }

    // not given up by a token: once queued it will be written, and the caller must know
    public Task AppendAsync(RunAppend append, CancellationToken cancellationToken)
    {
        var entries = EncodedEntry.Of(append.Entries);
        return writer.EnqueueAsync(session => Append(session, append, entries));
    }

    public Task<long> ClaimAsync(int shard, DateTimeOffset now, CancellationToken cancellationToken) => writer.EnqueueAsync(session =>
    {
        session.Journal.Claim(shard, now);
        session.Claimed(shard);
        return session.Journal.Epoch(shard);
    });

    public Task PostponeAsync(Guid runId, DateTimeOffset until, CancellationToken cancellationToken) => writer.EnqueueAsync(session =>
    {
        session.Journal.MoveWake(JournalStatements.Bytes(runId), until);
        return true;
    });

    public Task<RunStatus?> RequestAsync(Tenant tenant, Guid runId, RunRequest request, CancellationToken cancellationToken) => writer.EnqueueAsync(session =>
    {
        var status = session.Journal.Status(runId, tenant);
        if (status is RunStatus.Queued or RunStatus.Running or RunStatus.Waiting) session.Journal.AddRequest(runId, request, clock.GetUtcNow());
        return status;
    }).WaitAsync(cancellationToken);

    public async Task<IReadOnlyList<Guid>> DueAsync(int shard, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(connection, """SELECT "Id" FROM runs WHERE "Shard"=@p0 AND "WakeAt"<=@p1 AND ("Status"<>0 OR "WakeAt"<=@p1-2000) ORDER BY "WakeAt" LIMIT @p2""", shard, now.ToUnixTimeMilliseconds(), limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken)) due.Add(new Guid(reader.GetFieldValue<byte[]>(0), true));
        return due;
    }

    public async Task<RunRecord?> LoadAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(connection, """SELECT "WorkspaceId","Environment","WorkflowId","VersionSerial","Shard","Status" FROM runs WHERE "Id"=@p0""", JournalStatements.Bytes(runId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var tenant = new Tenant(new Guid(reader.GetFieldValue<byte[]>(0), true), (StudioEnvironment)reader.GetInt32(1));
        var run = new RunIdentity(runId, tenant, new Guid(reader.GetFieldValue<byte[]>(2), true), reader.GetInt64(3), reader.GetInt32(4));
        return new RunRecord(run, (RunStatus)reader.GetInt32(5), await JournalReading.EntriesAsync(connection, runId, 0, int.MaxValue, cancellationToken));
    }

    public async Task<IReadOnlyList<RunRequest>> InboxAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(connection, """SELECT "Id","Kind","NodeId","Name","Data","By" FROM run_inbox WHERE "RunId"=@p0 ORDER BY "Id" """, JournalStatements.Bytes(runId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var requests = new List<RunRequest>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var data = reader.IsDBNull(4) ? default : System.Text.Json.JsonElement.Parse(reader.GetFieldValue<byte[]>(4));
            requests.Add(new RunRequest(reader.GetInt64(0), (RunRequestKind)reader.GetInt32(1), Text(reader, 2), Text(reader, 3), data, Text(reader, 5)));
        }

        return requests;
    }

    private static bool Append(WriteSession session, RunAppend append, EncodedEntry[] entries)
    {
        session.Fence(append.Run.Shard, append.Epoch);
        var runId = JournalStatements.Bytes(append.Run.RunId);
        foreach (var entry in entries) session.Journal.InsertEvent(runId, entry);
        foreach (var node in append.EndedWaits) session.Journal.DeleteWait(runId, node);
        foreach (var request in append.InboxTaken) session.Journal.DeleteInbox(runId, request);
        foreach (var wait in append.Waits) Park(session, append.Run, runId, wait);
        if (entries.Length > 0) session.Journal.UpdateRun(runId, entries[^1].Seq, append.Header);
        else if (append.Header.WakeAt is { } wakeAt) session.Journal.RenewWake(runId, wakeAt);
        return true;
    }

    // A signal may have been sent after the step looked and before it waits here: then it is delivered at once, in the same transaction.
    private static void Park(WriteSession session, RunIdentity run, byte[] runId, RunWait wait)
    {
        session.Journal.InsertWait(runId, run.Tenant, wait);
        if (wait.Signal is null || !session.Journal.WasSent(run.Tenant, wait.Signal, wait.Since, out var data)) return;
        session.Journal.AddRequest(run.RunId, new RunRequest(0, RunRequestKind.Signal, wait.NodeId, wait.Signal, data, null), session.Clock.GetUtcNow());
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
