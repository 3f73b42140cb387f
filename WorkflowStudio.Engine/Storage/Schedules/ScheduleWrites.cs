using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Schedules;

/// <summary>What firing and operations do to schedules inside a piece of writing.</summary>
public static class ScheduleWrites
{
    /// <summary>The tenant's schedule, to be changed, or null.</summary>
    public static ScheduleRow? FindSchedule(this StudioWrite write, Seen seen, Guid id) =>
        write.Db.Schedules.SeenBy(write.Db, seen.Sight).SingleOrDefault(
            s => s.Id == id && s.WorkspaceId == seen.Tenant.WorkspaceId && s.Environment == seen.Tenant.Environment);

    /// <summary>The schedule of a workflow, to be changed, or null.</summary>
    public static ScheduleRow? ScheduleOf(this StudioWrite write, WorkflowRow workflow) =>
        write.Db.Schedules.SingleOrDefault(s => s.WorkflowId == workflow.Id);

    /// <summary>A schedule with what its times depend on.</summary>
    public static StoredSchedule Stored(this StudioWrite write, ScheduleRow row, WorkflowRow workflow) =>
        new(row, workflow.Name, write.Db.Workspaces.Where(w => w.Id == row.WorkspaceId).Select(w => w.TimeZone).Single());

    /// <summary>
    /// When a workflow whose trigger is its schedule starts next, once what was changed is saved; null where nothing does.
    /// </summary>
    public static DateTimeOffset? NextFireOf(this StudioWrite write, WorkflowRow workflow) =>
        workflow.TriggerType == ScheduleKeeper.TriggerType ? write.ScheduleOf(workflow)?.NextFireAt : null;

    /// <summary>Remembers what was missed and starts nothing; what has a row keeps it.</summary>
    internal static void RecordSkipped(this StudioWrite write, Guid scheduleId, SchedulePlan plan, DateTimeOffset now)
    {
        if (plan.Skipped.Count == 0) return;
        var first = plan.Skipped[0].ToDateTimeOffset();
        var known = write.Db.ScheduleOccurrences.Where(o => o.ScheduleId == scheduleId && o.At >= first).Select(o => o.At).ToHashSet();
        foreach (var at in plan.Skipped.Select(i => i.ToDateTimeOffset()).Where(at => !known.Contains(at)))
        {
            write.Db.Add(new ScheduleOccurrenceRow
            {
                ScheduleId = scheduleId,
                At = at,
                Outcome = OccurrenceOutcome.Skipped,
                DecidedAt = now,
                Earlier = at == first ? plan.Earlier : 0,
            });
        }
    }

    /// <summary>Remembers that the run of an occurrence could not be started.</summary>
    internal static void RecordFailed(this StudioWrite write, Guid scheduleId, Instant occurrence, string why, DateTimeOffset now)
    {
        var at = occurrence.ToDateTimeOffset();
        if (write.Db.ScheduleOccurrences.Find(scheduleId, at) is not { } row)
            write.Db.Add(row = new ScheduleOccurrenceRow { ScheduleId = scheduleId, At = at });
        if (row.RunId is null) (row.Outcome, row.DecidedAt, row.Note) = (OccurrenceOutcome.Failed, now, why);
    }

    /// <summary>Remembers that the constraints refused an occurrence; false when that is known already, or when it has its run.</summary>
    internal static bool RecordRefused(this StudioWrite write, Guid scheduleId, Instant occurrence, DateTimeOffset now)
    {
        var at = occurrence.ToDateTimeOffset();
        if (write.Db.ScheduleOccurrences.Find(scheduleId, at) is not { } row)
            write.Db.Add(row = new ScheduleOccurrenceRow { ScheduleId = scheduleId, At = at });
        else if (row.RunId is not null || row.Outcome == OccurrenceOutcome.Refused) return false;
        (row.Outcome, row.DecidedAt, row.Note) = (OccurrenceOutcome.Refused, now, null);
        return true;
    }

    /// <summary>Moves a schedule on. One that was changed since it was read keeps what the change set.</summary>
    internal static DateTimeOffset? MoveOn(this StudioWrite write, StoredSchedule schedule, SchedulePlan plan)
    {
        if (write.Db.Schedules.Find(schedule.Row.Id) is not { } row) return null;
        if (row.Revision != schedule.Row.Revision) return row.NextFireAt;
        (row.HandledUntil, row.NextOccurrence, row.NextFireAt) =
            (plan.HandledUntil.ToDateTimeOffset(), plan.Next?.Occurrence.ToDateTimeOffset(), plan.Next?.FiresAt.ToDateTimeOffset());
        return row.NextFireAt;
    }
}
