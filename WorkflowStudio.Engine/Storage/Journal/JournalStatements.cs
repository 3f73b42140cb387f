using System.Data.Common;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>The statements of the journal's hot path, prepared once on the writer's connection. Column names are those of the rows.</summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly Statement insertRun, describeRun, countOpen, firstHeld, oldestOpen, release, childSignals, insertEvent, insertBlob, updateRun, moveWake, renewWake, insertWait, deleteWait, deleteInbox, insertInbox,
        insertAnswer, epoch, claim, handBack, countCrashes, setCrashes, claimRuns, insertShard, runStatus, waiting, insertSignal, sentSince, takeOccurrence, fireSchedule;

    public JournalStatements(WriterConnection connection)
    {
        insertRun = connection.Insertion(
            "runs", """
            "Id","WorkspaceId","Environment","WorkflowId","VersionSerial","Shard","Status","StepsDone","WakeAt","Cause","Subject","LastSeq","CreatedAt"
            """, "bbibliiilssll");
        describeRun = connection.Statement("""
            UPDATE runs SET "ParentId"=@p1,"Depth"=@p2,"RetryOf"=@p3,"IsTest"=@p4,"Gate"=@p5,"WakeAt"=@p6,"LastSeq"=@p7,"Status"=@p8,"FinishedAt"=@p9,"RootId"=@p10 WHERE "Id"=@p0
            """, "bbibtillilb");
        countOpen = connection.Statement("""SELECT COUNT(*) FROM runs WHERE "WorkflowId"=@p0 AND "Gate"=1 AND "Gate">0 AND "FinishedAt" IS NULL""", "b");
        // not with NOT EXISTS: PostgreSQL may make a join of it that reads the inbox of every run for each that is held
        firstHeld = connection.Statement("""
            SELECT "Id" FROM runs WHERE "WorkflowId"=@p0 AND "Gate"=2 AND "Gate">0 AND "FinishedAt" IS NULL
            AND (SELECT i."Id" FROM run_inbox i WHERE i."RunId"=runs."Id" AND i."Kind"=1 LIMIT 1) IS NULL ORDER BY "Id" LIMIT @p1
            """, "bi");
        // those that end already count among the oldest: else each start would end one more
        oldestOpen = connection.Statement("""
            SELECT o."Id" FROM (SELECT "Id" FROM runs WHERE "WorkflowId"=@p0 AND "Gate"=1 AND "Gate">0 AND "FinishedAt" IS NULL ORDER BY "Id" LIMIT @p1) o
            WHERE (SELECT i."Id" FROM run_inbox i WHERE i."RunId"=o."Id" AND i."Kind"=1 LIMIT 1) IS NULL
            """, "bi");
        release = connection.Statement("""UPDATE runs SET "Gate"=1,"WakeAt"=@p1 WHERE "Id"=@p0 AND "Gate"=2 AND "FinishedAt" IS NULL""", "bl");
        childSignals = connection.Statement("""SELECT "Signal" FROM run_waits WHERE "RunId"=@p0 AND "Signal" LIKE 'run.finished:%'""", "b");
        insertEvent = connection.Insertion("run_events", """ "RunId","Seq","At","Kind","NodeId","Iteration","Attempt","Payload" """, "bllissib");
        insertBlob = connection.Insertion("run_blobs", """ "RunId","Seq","Payload" """, "blb");
        updateRun = connection.Change("runs", """
            "Status"=@p1,"CurrentNode"=@p2,"StepsDone"=@p3,"LastSeq"=@p5,"ErrorCode"=@p6,"ErrorMessage"=@p7,"FinishedAt"=@p8,"Crashes"="Crashes"*@p9,"Trials"="Trials"*@p9,
            "WakeAt"=CASE WHEN @p4 IS NOT NULL AND EXISTS (SELECT 1 FROM run_inbox WHERE "RunId"=@p0) THEN 0
            WHEN @p4 IS NOT NULL AND "Gate"=2 THEN 253402300799999 ELSE @p4 END
            """, "bisillssli");
        moveWake = connection.Statement("""UPDATE runs SET "WakeAt"=@p1 WHERE "Id"=@p0 AND "WakeAt" IS NOT NULL""", "bl");
        // what somebody wants of the run is looked at now, whoever wrote it and wherever its bell was lost
        renewWake = connection.Statement("""
            UPDATE runs SET "WakeAt"=CASE WHEN EXISTS (SELECT 1 FROM run_inbox WHERE "RunId"=@p0) THEN 0
            WHEN "Gate"=2 THEN 253402300799999 ELSE @p1 END WHERE "Id"=@p0 AND "WakeAt" IS NOT NULL
            """, "bl");
        insertWait = connection.Statement("""
            INSERT INTO run_waits ("RunId","NodeId","WorkspaceId","Environment","Until","Signal","Iteration") VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6)
            ON CONFLICT ("RunId","NodeId","Iteration") DO UPDATE SET "Until"=@p4,"Signal"=@p5
            """, "bsbilss");
        deleteWait = connection.Statement("""DELETE FROM run_waits WHERE "RunId"=@p0 AND "NodeId"=@p1 AND "Iteration"=@p2""", "bss");
        deleteInbox = connection.Statement("""DELETE FROM run_inbox WHERE "RunId"=@p0 AND "Id"=@p1""", "bl");
        insertInbox = connection.Statement("""INSERT INTO run_inbox ("RunId","Kind","NodeId","Name","Data","By","At","Iteration","SignalId") VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6,@p7,@p8)""", "bissbslsl");
        insertAnswer = connection.Statement("""
            INSERT INTO idempotency ("WorkspaceId","Environment","Method","Path","Key","BodyHash","Status","Location","Body","CreatedAt")
            VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6,@p7,@p8,@p9)
            """, "bisssbissl");
        epoch = connection.Statement("""SELECT "Epoch" FROM shards WHERE "Id"=@p0""", "i");
        insertShard = connection.Statement("""INSERT INTO shards ("Id","Epoch") VALUES (@p0,0) ON CONFLICT ("Id") DO NOTHING""", "i");
        // odd while somebody owns the shard, even when it was handed back
        claim = connection.Statement("""UPDATE shards SET "Epoch"="Epoch"+1+("Epoch" % 2) WHERE "Id"=@p0""", "i");
        handBack = connection.Statement("""UPDATE shards SET "Epoch"="Epoch"+1 WHERE "Id"=@p0 AND "Epoch"=@p1""", "il");
        // Those that may have been in execution: a run that only computes has no mark of it, but it is queued or due. One that waits for its next trial was not.
        countCrashes = connection.Statement("""
            UPDATE runs SET "Crashes"="Crashes"+1 WHERE "Shard"=@p0 AND "WakeAt" IS NOT NULL AND "Crashes">=0 AND "Trials"=0 AND "Gate"<>2 AND ("Status" IN (0,1) OR ("Status"=2 AND "WakeAt"<=@p1))
            """, "il");
        setCrashes = connection.Statement("""UPDATE runs SET "Crashes"=@p1,"Trials"=@p2 WHERE "Id"=@p0 AND "Crashes"<>0""", "bii");
        claimRuns = connection.Statement("""UPDATE runs SET "WakeAt"=@p1 WHERE "Shard"=@p0 AND "WakeAt">@p1 AND "Status" IN (0,1) AND "Gate"<>2 AND ("Trials"=0 OR "Crashes"<0)""", "il");
        runStatus = connection.Statement("""SELECT "Status" FROM runs WHERE "Id"=@p0 AND "WorkspaceId"=@p1 AND "Environment"=@p2""", "bbi");
        // the status by the key of each: joined, PostgreSQL may read all runs for a signal that many wait for
        waiting = connection.Statement("""
            SELECT DISTINCT w."RunId",coalesce((SELECT r."Status" FROM runs r WHERE r."Id"=w."RunId"),0) FROM run_waits w
            WHERE w."WorkspaceId"=@p0 AND w."Environment"=@p1 AND w."Signal"=@p2
            """, "bis");
        insertSignal = connection.Statement("""INSERT INTO signals ("WorkspaceId","Environment","Name","At","Data") VALUES (@p0,@p1,@p2,@p3,@p4) RETURNING "Id" """, "bislb");
        sentSince = connection.Statement("""
            SELECT "Id","Data" FROM signals WHERE "WorkspaceId"=@p0 AND "Environment"=@p1 AND "Name"=@p2 AND "At">=@p3 AND "Id">@p4 ORDER BY "Id" LIMIT 1000
            """, "bisll");
        // one that was skipped or failed may still get its run; one that fired may not
        takeOccurrence = connection.Statement("""
            INSERT INTO schedule_occurrences ("ScheduleId","At","Outcome","RunId","DecidedAt","Earlier") VALUES (@p0,@p1,@p2,@p3,@p4,0)
            ON CONFLICT ("ScheduleId","At") DO UPDATE SET "Outcome"=@p2,"RunId"=@p3,"DecidedAt"=@p4,"Note"=NULL WHERE schedule_occurrences."RunId" IS NULL
            """, "blibl");
        fireSchedule = connection.Statement("""UPDATE schedules SET "LastFireAt"=@p1,"HandledUntil"=@p2 WHERE "Id"=@p0 AND "NextFireAt" IS NOT NULL""", "bll");
    }

    private IEnumerable<Statement> All =>
        [insertRun, describeRun, countOpen, firstHeld, oldestOpen, release, childSignals, insertEvent, insertBlob, updateRun, moveWake, renewWake, insertWait, deleteWait, deleteInbox, insertInbox, insertAnswer, epoch, claim, handBack, countCrashes, setCrashes, claimRuns, insertShard, runStatus, waiting, insertSignal, sentSince, takeOccurrence, fireSchedule];

    /// <summary>Makes the statements part of a transaction.</summary>
    public void Enlist(DbTransaction transaction)
    {
        foreach (var statement in All) statement.Enlist(transaction);
    }

    public void InsertRun(RunStart start) => insertRun.Execute(
        Bytes(start.Run.RunId), Bytes(start.Run.Tenant.WorkspaceId), (int)start.Run.Tenant.Environment, Bytes(start.Run.WorkflowId), start.Run.VersionSerial,
        start.Run.Shard, (int)RunStatus.Queued, 0, start.First.At.ToUnixTimeMilliseconds(), start.Cause, start.Subject, 1L, start.First.At.ToUnixTimeMilliseconds());

    public void InsertEvent(byte[] runId, in EncodedEntry e)
    {
        insertEvent.Execute(runId, e.Seq, e.At, e.Kind, e.NodeId, e.Iteration, e.Attempt, e.IsLarge ? Array.Empty<byte>() : e.Payload);
        if (e.IsLarge) insertBlob.Execute(runId, e.Seq, e.Payload);
    }

    /// <summary>Moves the header of a run; one that got on is no suspect any more.</summary>
    public void UpdateRun(byte[] runId, long lastSeq, in RunHeader h, bool gotOn) => updateRun.Execute(
        runId, (int)h.Status, h.CurrentNode, h.StepsDone, h.WakeAt?.ToUnixTimeMilliseconds(), lastSeq, h.ErrorCode, h.ErrorMessage, h.FinishedAt?.ToUnixTimeMilliseconds(), gotOn ? 0 : 1);

    public void MoveWake(byte[] runId, DateTimeOffset at) => moveWake.Execute(runId, at.ToUnixTimeMilliseconds());

    /// <summary>Makes the run due later, unless something lies in its inbox: then it is due at once.</summary>
    public void RenewWake(byte[] runId, DateTimeOffset at) => renewWake.Execute(runId, at.ToUnixTimeMilliseconds());

    public void InsertWait(byte[] runId, Tenant tenant, in RunWait w) => insertWait.Execute(
        runId, w.NodeId, Bytes(tenant.WorkspaceId), (int)tenant.Environment, w.Until?.ToUnixTimeMilliseconds(), w.Signal, w.Iteration ?? "");

    public void DeleteWait(byte[] runId, in WaitPlace place) => deleteWait.Execute(runId, place.NodeId, place.Iteration ?? "");

    public void DeleteInbox(byte[] runId, long request) => deleteInbox.Execute(runId, request);

    /// <summary>Puts a request into the inbox, which makes the run due. Its header belongs to its owner and stays as it is.</summary>
    public void AddRequest(Guid run, RunRequest request, DateTimeOffset now) => insertInbox.Execute(
        Bytes(run), (int)request.Kind, request.NodeId, request.Name, Json(request.Data), request.By, now.ToUnixTimeMilliseconds(), request.Iteration, request.SignalId);

    /// <summary>Remembers that a signal was sent, for steps that were about to wait for it. Returns its number.</summary>
    public long InsertSignal(Tenant tenant, string name, System.Text.Json.JsonElement data, DateTimeOffset now) =>
        Convert.ToInt64(insertSignal.Scalar(Bytes(tenant.WorkspaceId), (int)tenant.Environment, name, now.ToUnixTimeMilliseconds(), Json(data)), null);

    /// <summary>The signals of a name that were sent since a time and after a certain one, with what they carried, oldest first.</summary>
    public IReadOnlyList<(long Id, System.Text.Json.JsonElement Data)> SentSince(Tenant tenant, string name, DateTimeOffset since, long after) => sentSince.Rows(
        reader => (reader.GetInt64(0), reader.IsDBNull(1) ? default : System.Text.Json.JsonElement.Parse(reader.GetFieldValue<byte[]>(1))),
        Bytes(tenant.WorkspaceId), (int)tenant.Environment, name, since.ToUnixTimeMilliseconds(), after);

    /// <summary>Writes what is special about a run that was just inserted.</summary>
    public void DescribeRun(byte[] runId, RunStart start, RunGate gate, DateTimeOffset? wakeAt, RunStatus status, DateTimeOffset? finishedAt) => describeRun.Execute(
        runId, start.Run.ParentId is { } parent ? Bytes(parent) : null, start.Run.Depth, start.RetryOf is { } retried ? Bytes(retried) : null, start.Run.IsTest, (int)gate,
        wakeAt?.ToUnixTimeMilliseconds(), 1L + start.Given.Count + (finishedAt is null ? 0 : 1), (int)status, finishedAt?.ToUnixTimeMilliseconds(), start.Run.RootId is { } root ? Bytes(root) : null);

    /// <summary>How many runs of a workflow with a concurrency rule are under way.</summary>
    public int CountOpen(byte[] workflowId) => Convert.ToInt32(countOpen.Scalar(workflowId), null);

    /// <summary>The runs that wait for their turn and that nobody has asked to end, oldest first.</summary>
    public IReadOnlyList<Guid> FirstHeld(byte[] workflowId, int limit) => firstHeld.Rows(reader => new Guid(reader.GetFieldValue<byte[]>(0), true), workflowId, limit);

    /// <summary>Those of the oldest runs under way that nobody has asked to end.</summary>
    public IReadOnlyList<Guid> OldestOpen(byte[] workflowId, int limit) => oldestOpen.Rows(reader => new Guid(reader.GetFieldValue<byte[]>(0), true), workflowId, limit);

    /// <summary>Lets a run begin that was held.</summary>
    public void Release(byte[] runId, DateTimeOffset now) => release.Execute(runId, now.ToUnixTimeMilliseconds());

    /// <summary>The signals by which a run waits for the end of runs that it started.</summary>
    public IReadOnlyList<string> ChildSignals(byte[] runId) => childSignals.Rows(reader => reader.GetString(0), runId);

    public void InsertAnswer(KeptAnswer a) => insertAnswer.Execute(
        Bytes(a.Tenant.WorkspaceId), (int)a.Tenant.Environment, a.Method, a.Path, a.Key, a.BodyHash, a.Status, a.Location, a.Body, a.CreatedAt.ToUnixTimeMilliseconds());

    /// <summary>Gives an occurrence to a run; false when it has one, or when its schedule does not fire.</summary>
    public bool TakeOccurrence(ScheduledOccurrence o, Guid runId, DateTimeOffset now)
    {
        var (schedule, at, outcome) = (Bytes(o.ScheduleId), o.At.ToUnixTimeMilliseconds(), o.Late ? OccurrenceOutcome.FiredLate : OccurrenceOutcome.Fired);
        return fireSchedule.Change(schedule, now.ToUnixTimeMilliseconds(), at) > 0 && takeOccurrence.Change(schedule, at, (int)outcome, Bytes(runId), now.ToUnixTimeMilliseconds()) > 0;
    }

    /// <summary>The epoch of a shard; 0 before its first owner.</summary>
    public long Epoch(int shard) => epoch.Scalar(shard) is { } value ? Convert.ToInt64(value, null) : 0;

    public void Claim(int shard, DateTimeOffset now)
    {
        insertShard.Execute(shard);
        if (Epoch(shard) % 2 == 1) countCrashes.Execute(shard, now.ToUnixTimeMilliseconds());
        claim.Execute(shard);
        claimRuns.Execute(shard, now.ToUnixTimeMilliseconds());
    }

    /// <summary>Lets a shard go, when nobody has taken it in the meantime.</summary>
    public void HandBack(int shard, long owned) => handBack.Execute(shard, owned);

    /// <summary>Sets how often a server died with the run, and in its trials, unless it got on since.</summary>
    public void SetCrashes(byte[] runId, int crashes, int trials) => setCrashes.Execute(runId, crashes, trials);

    public RunStatus? Status(Guid runId, Tenant tenant) =>
        runStatus.Scalar(Bytes(runId), Bytes(tenant.WorkspaceId), (int)tenant.Environment) is { } value ? (RunStatus)Convert.ToInt32(value, null) : null;

    /// <summary>The runs that wait for a signal.</summary>
    public IReadOnlyList<(Guid Id, RunStatus Status)> WaitingFor(Tenant tenant, string signal) =>
        waiting.Rows(reader => (new Guid(reader.GetFieldValue<byte[]>(0), true), (RunStatus)reader.GetInt32(1)), Bytes(tenant.WorkspaceId), (int)tenant.Environment, signal);

    public void Dispose()
    {
        foreach (var statement in All) statement.Dispose();
    }

    private static byte[]? Json(System.Text.Json.JsonElement data) =>
        data.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(data);

    public static byte[] Bytes(Guid id) => id.ToByteArray(true);
}
