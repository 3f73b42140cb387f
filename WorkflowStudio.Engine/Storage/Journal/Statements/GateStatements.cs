using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>
/// The runs of workflows with a concurrency rule. <c>"Gate">0</c> beside the gate itself lets the partial index of such runs serve them.
/// Whom somebody has asked to end is told without NOT EXISTS: PostgreSQL may make a join of it that reads the inbox of every run for each
/// row.
/// </summary>
internal sealed class GateStatements(StatementSet set)
{
    private readonly Statement countOpen = set.Prepare($"""
        SELECT COUNT(*) FROM runs WHERE "WorkflowId"=@p0 AND "Gate"={(int)RunGate.Counted} AND "Gate">0 AND "FinishedAt" IS NULL
        """, "b");

    private readonly Statement firstHeld = set.Prepare($"""
        SELECT "Id" FROM runs WHERE "WorkflowId"=@p0 AND "Gate"={(int)RunGate.Held} AND "Gate">0 AND "FinishedAt" IS NULL
        AND (SELECT i."Id" FROM run_inbox i WHERE i."RunId"=runs."Id" AND i."Kind"={(int)RunRequestKind.Cancel} LIMIT 1) IS NULL ORDER BY "Id" LIMIT @p1
        """, "bi");

    // those that end already count among the oldest: else each start would end one more
    private readonly Statement oldestOpen = set.Prepare($"""
        SELECT o."Id" FROM
        (SELECT "Id" FROM runs WHERE "WorkflowId"=@p0 AND "Gate"={(int)RunGate.Counted} AND "Gate">0 AND "FinishedAt" IS NULL ORDER BY "Id" LIMIT @p1) o
        WHERE (SELECT i."Id" FROM run_inbox i WHERE i."RunId"=o."Id" AND i."Kind"={(int)RunRequestKind.Cancel} LIMIT 1) IS NULL
        """, "bi");

    private readonly Statement release = set.Prepare($"""
        UPDATE runs SET "Gate"={(int)RunGate.Counted},"WakeAt"=@p1 WHERE "Id"=@p0 AND "Gate"={(int)RunGate.Held} AND "FinishedAt" IS NULL
        """, "bl");

    private readonly Statement openFor = set.Prepare(
        """SELECT "Id" FROM runs WHERE "WorkflowId"=@p0 AND "ContactId"=@p1 AND "FinishedAt" IS NULL LIMIT 1""", "bb");

    private readonly Statement lastStart = set.Prepare(
        """SELECT "CreatedAt" FROM runs WHERE "WorkflowId"=@p0 AND NOT "IsTest" ORDER BY "Id" DESC LIMIT 1""", "b");

    /// <summary>The unfinished run of a workflow for a contact; null when there is none.</summary>
    public Guid? OpenFor(byte[] workflowId, byte[] contactId) =>
        openFor.Rows(reader => SqlId.Read(reader, 0), workflowId, contactId) is [var run, ..] ? run : null;

    /// <summary>When the last run of a workflow was started; null before the first.</summary>
    public DateTimeOffset? LastStart(byte[] workflowId) => lastStart.Scalar(workflowId) is { } at and not DBNull
        ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(at, null))
        : null;

    /// <summary>How many runs of a workflow are under way.</summary>
    public int CountOpen(byte[] workflowId) => Convert.ToInt32(countOpen.Scalar(workflowId), null);

    /// <summary>The runs that wait for their turn and that nobody has asked to end, oldest first.</summary>
    public IReadOnlyList<Guid> FirstHeld(byte[] workflowId, int limit) =>
        firstHeld.Rows(reader => SqlId.Read(reader, 0), workflowId, limit);

    /// <summary>Those of the oldest runs under way that nobody has asked to end.</summary>
    public IReadOnlyList<Guid> OldestOpen(byte[] workflowId, int limit) =>
        oldestOpen.Rows(reader => SqlId.Read(reader, 0), workflowId, limit);

    /// <summary>Lets a run begin that was held.</summary>
    public void Release(byte[] runId, DateTimeOffset now) => release.Execute(runId, now.ToUnixTimeMilliseconds());
}
