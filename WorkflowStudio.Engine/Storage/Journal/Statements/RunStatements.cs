using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>The headers of runs: what lists show and what the pumps go by.</summary>
internal sealed class RunStatements(StatementSet set)
{
    // the last millisecond that a date can name: a run that is held is due only once it is let in
    private const long NeverDue = 253_402_300_799_999;

    private readonly Statement insert = set.Insertion(
        "runs", """
        "Id","WorkspaceId","Environment","WorkflowId","VersionSerial","Shard","Status","StepsDone","WakeAt","Cause","Subject","LastSeq","CreatedAt"
        """, "bbibliiilssll");

    private readonly Statement describe = set.Prepare("""
        UPDATE runs SET "ParentId"=@p1,"Depth"=@p2,"RetryOf"=@p3,"IsTest"=@p4,"Gate"=@p5,"WakeAt"=@p6,"LastSeq"=@p7,"Status"=@p8,"FinishedAt"=@p9,"RootId"=@p10,"ContactId"=@p11
        WHERE "Id"=@p0
        """, "bbibtillilbb");

    // what somebody wants of the run is looked at now, whoever wrote it and wherever its bell was lost
    private readonly Statement update = set.Change("runs", $"""
        "Status"=@p1,"CurrentNode"=@p2,"StepsDone"=@p3,"LastSeq"=@p5,"ErrorCode"=@p6,"ErrorMessage"=@p7,"FinishedAt"=@p8,"Crashes"="Crashes"*@p9,"Trials"="Trials"*@p9,
        "WakeAt"=CASE WHEN @p4 IS NOT NULL AND EXISTS (SELECT 1 FROM run_inbox WHERE "RunId"=@p0) THEN 0
        WHEN @p4 IS NOT NULL AND "Gate"={(int)RunGate.Held} THEN {NeverDue} ELSE @p4 END
        """, "bisillssli");

    private readonly Statement moveWake = set.Prepare("""UPDATE runs SET "WakeAt"=@p1 WHERE "Id"=@p0 AND "WakeAt" IS NOT NULL""", "bl");

    private readonly Statement renewWake = set.Prepare($"""
        UPDATE runs SET "WakeAt"=CASE WHEN EXISTS (SELECT 1 FROM run_inbox WHERE "RunId"=@p0) THEN 0
        WHEN "Gate"={(int)RunGate.Held} THEN {NeverDue} ELSE @p1 END WHERE "Id"=@p0 AND "WakeAt" IS NOT NULL
        """, "bl");

    private readonly Statement setCrashes = set.Prepare(
        """UPDATE runs SET "Crashes"=@p1,"Trials"=@p2 WHERE "Id"=@p0 AND "Crashes"<>0""", "bii");

    private readonly Statement status = set.Prepare(
        """SELECT "Status" FROM runs WHERE "Id"=@p0 AND "WorkspaceId"=@p1 AND "Environment"=@p2""", "bbi");

    public void Insert(RunStart start) => insert.Execute(
        SqlId.Of(start.Run.RunId), SqlId.Of(start.Run.Tenant.WorkspaceId), (int)start.Run.Tenant.Environment,
        SqlId.Of(start.Run.WorkflowId), start.Run.VersionSerial,
        start.Run.Shard, (int)RunStatus.Queued, 0, start.First.At.ToUnixTimeMilliseconds(), start.Cause, start.Subject, 1L,
        start.First.At.ToUnixTimeMilliseconds());

    /// <summary>Writes what is special about a run that was just inserted.</summary>
    public void Describe(byte[] runId, RunStart start, RunGate gate, DateTimeOffset? wakeAt, RunStatus ended,
        DateTimeOffset? finishedAt) => describe.Execute(
        runId, Id(start.Run.ParentId), start.Run.Depth, Id(start.RetryOf), start.Run.IsTest, (int)gate, wakeAt?.ToUnixTimeMilliseconds(),
        1L + start.Given.Count + (finishedAt is null ? 0 : 1), (int)ended, finishedAt?.ToUnixTimeMilliseconds(), Id(start.Run.RootId),
        Id(start.Guard?.ContactId));

    /// <summary>Moves the header of a run; one that got on is no suspect any more.</summary>
    public void Update(byte[] runId, long lastSeq, in RunHeader h, bool gotOn) => update.Execute(
        runId, (int)h.Status, h.CurrentNode, h.StepsDone, h.WakeAt?.ToUnixTimeMilliseconds(), lastSeq, h.ErrorCode, h.ErrorMessage,
        h.FinishedAt?.ToUnixTimeMilliseconds(), gotOn ? 0 : 1);

    public void MoveWake(byte[] runId, DateTimeOffset at) => moveWake.Execute(runId, at.ToUnixTimeMilliseconds());

    /// <summary>Makes the run due later, unless something lies in its inbox: then it is due at once.</summary>
    public void RenewWake(byte[] runId, DateTimeOffset at) => renewWake.Execute(runId, at.ToUnixTimeMilliseconds());

    /// <summary>Sets how often a server died with the run, and in its trials, unless it got on since.</summary>
    public void SetCrashes(byte[] runId, int crashes, int trials) => setCrashes.Execute(runId, crashes, trials);

    /// <summary>The status of a run of a tenant; null when it has none of that id.</summary>
    public RunStatus? Status(Guid runId, Tenant tenant) =>
        status.Scalar(SqlId.Of(runId), SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment) is { } value
            ? (RunStatus)Convert.ToInt32(value, null)
            : null;

    private static byte[]? Id(Guid? id) => id is { } known ? SqlId.Of(known) : null;
}
