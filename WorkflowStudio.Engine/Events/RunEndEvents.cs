using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Events;

/// <summary>
/// Raises the events of runs that end, in the transaction in which they do: what they start is there with the end, or neither is. Tests of
/// drafts and runs that were canceled raise none.
/// </summary>
internal sealed class RunEndEvents(EndListeners listeners, PlatformEvents events) : IAnnouncer
{
    // the origin of what the dialect of sequences makes
    private const string Sequences = "sequences";

    private const int LongestMessage = 2_000;

    public bool MayStartRuns(RunAppend append) =>
        append.Header.FinishedAt is not null && !append.Run.IsTest && listeners.MayHear(append.Run.Tenant);

    public void Started(WriteSession session, RunStart start)
    {
        // only ends are told
    }

    public void Appended(WriteSession session, RunAppend append)
    {
        if (append.Header.FinishedAt is null || append.Run.IsTest) return;
        var heard = listeners.Of(session, append.Run.Tenant);
        if (heard == RunEnds.None) return;
        var ends = append.Header.Status switch
        {
            RunStatus.Done => heard & (RunEnds.Completed | RunEnds.Sequence),
            RunStatus.Failed => heard & RunEnds.Failed,
            _ => RunEnds.None,
        };
        if (ends != RunEnds.None) Raise(session, append, ends);
    }

    public void Changed(WriteSession session, WorkflowRow workflow, WorkflowChange change)
    {
        if (workflow.TriggerType != EventTriggers.Type) return;
        var workspace = workflow.WorkspaceId;
        session.AfterCommit(() => listeners.Forget(workspace));
    }

    // apart: what it keeps for later is not made for ends of which nobody hears
    private void Raise(WriteSession session, RunAppend append, RunEnds ends) =>
        session.WithContext(write => Raise(session, write, append, ends));

    private bool Raise(WriteSession session, StudioWrite write, RunAppend append, RunEnds ends)
    {
        var (reached, run) = (0, append.Run);
        var chain = events.ChainOf(write.Db, run.RunId, run.WorkflowId, run.VersionSerial);
        if (ends.HasFlag(RunEnds.Completed)) reached += Tell(KnownEvents.WorkflowCompleted);
        if (ends.HasFlag(RunEnds.Failed)) reached += Tell(KnownEvents.WorkflowFailed);
        if (ends.HasFlag(RunEnds.Sequence))
            reached += write.Db.Workflows.Any(w => w.Id == run.WorkflowId && w.Origin == Sequences)
                ? Tell(KnownEvents.SequenceCompleted)
                : 1;
        if (reached == 0) session.AfterCommit(() => listeners.Doubt(run.Tenant));
        return true;

        int Tell(string name) => events.Raise(write, run.Tenant, new PlatformEvent(name, () => Data(write.Db, append, chain))
        {
            RaisedBy = run.RunId, WorkflowId = run.WorkflowId, Chain = chain,
        }).Reached.Count;
    }

    // as webhooks tell it: no payload and no output, which may hold what is secret
    private static JsonElement Data(StudioDbContext db, RunAppend append, EventChain chain)
    {
        var header = append.Header;
        var run = db.Runs.AsNoTracking().Where(r => r.Id == append.Run.RunId)
            .Select(r => new { r.Cause, r.ContactId, r.Subject, r.CreatedAt }).Single();
        var workflow = db.Workflows.AsNoTracking().Where(w => w.Id == append.Run.WorkflowId).Select(w => w.Name).FirstOrDefault();
        return JsonSerializer.SerializeToElement(new
        {
            run_id = append.Run.RunId,
            workflow_id = append.Run.WorkflowId,
            workflow_name = workflow,
            status = header.Status == RunStatus.Done ? "completed" : "failed",
            error = header.Status == RunStatus.Done
                ? null
                : new { code = header.ErrorCode, message = ShownText.Fit(header.ErrorMessage ?? "", LongestMessage) },
            cause = run.Cause,
            contact_id = run.ContactId,
            subject = run.Subject,
            started_at = run.CreatedAt,
            finished_at = header.FinishedAt,
            chain = chain.Workflows,
        });
    }
}
