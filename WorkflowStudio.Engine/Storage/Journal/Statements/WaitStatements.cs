using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>What steps wait for: a time, a signal, or both.</summary>
internal sealed class WaitStatements(StatementSet set)
{
    private readonly Statement insert = set.Prepare("""
        INSERT INTO run_waits ("RunId","NodeId","WorkspaceId","Environment","Until","Signal","Iteration") VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6)
        ON CONFLICT ("RunId","NodeId","Iteration") DO UPDATE SET "Until"=@p4,"Signal"=@p5
        """, "bsbilss");

    private readonly Statement delete = set.Prepare(
        """DELETE FROM run_waits WHERE "RunId"=@p0 AND "NodeId"=@p1 AND "Iteration"=@p2""", "bss");

    // the status by the key of each: joined, PostgreSQL may read all runs for a signal that many wait for
    private readonly Statement waiting = set.Prepare("""
        SELECT DISTINCT w."RunId",coalesce((SELECT r."Status" FROM runs r WHERE r."Id"=w."RunId"),0) FROM run_waits w
        WHERE w."WorkspaceId"=@p0 AND w."Environment"=@p1 AND w."Signal"=@p2
        """, "bis");

    private readonly Statement childSignals = set.Prepare(
        """SELECT "Signal" FROM run_waits WHERE "RunId"=@p0 AND "Signal" LIKE 'run.finished:%'""", "b");

    public void Insert(byte[] runId, Tenant tenant, in RunWait w) => insert.Execute(
        runId, w.NodeId, SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment, w.Until?.ToUnixTimeMilliseconds(), w.Signal,
        w.Iteration ?? "");

    public void Delete(byte[] runId, in WaitPlace place) => delete.Execute(runId, place.NodeId, place.Iteration ?? "");

    /// <summary>The runs that wait for a signal.</summary>
    public IReadOnlyList<(Guid Id, RunStatus Status)> WaitingFor(Tenant tenant, string signal) => waiting.Rows(
        reader => (SqlId.Read(reader, 0), (RunStatus)reader.GetInt32(1)), SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment, signal);

    /// <summary>The signals by which a run waits for the end of runs that it started.</summary>
    public IReadOnlyList<string> ChildSignals(byte[] runId) => childSignals.Rows(reader => reader.GetString(0), runId);
}
