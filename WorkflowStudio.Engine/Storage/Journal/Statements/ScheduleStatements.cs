using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>Occurrences of schedules and the runs they started.</summary>
internal sealed class ScheduleStatements(StatementSet set)
{
    // one that was skipped or failed may still get its run; one that fired may not
    private readonly Statement take = set.Prepare("""
        INSERT INTO schedule_occurrences ("ScheduleId","At","Outcome","RunId","DecidedAt","Earlier") VALUES (@p0,@p1,@p2,@p3,@p4,0)
        ON CONFLICT ("ScheduleId","At") DO UPDATE SET "Outcome"=@p2,"RunId"=@p3,"DecidedAt"=@p4,"Note"=NULL WHERE schedule_occurrences."RunId" IS NULL
        """, "blibl");

    private readonly Statement fire = set.Prepare("""
        UPDATE schedules SET "LastFireAt"=@p1,"HandledUntil"=@p2 WHERE "Id"=@p0 AND "NextFireAt" IS NOT NULL
        """, "bll");

    /// <summary>Gives an occurrence to a run; false when it has one, or when its schedule does not fire.</summary>
    public bool Take(ScheduledOccurrence o, Guid runId, DateTimeOffset now)
    {
        var (schedule, at, outcome) =
            (SqlId.Of(o.ScheduleId), o.At.ToUnixTimeMilliseconds(), o.Late ? OccurrenceOutcome.FiredLate : OccurrenceOutcome.Fired);
        return fire.Change(schedule, now.ToUnixTimeMilliseconds(), at) > 0
            && take.Change(schedule, at, (int)outcome, SqlId.Of(runId), now.ToUnixTimeMilliseconds()) > 0;
    }
}
