using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Schedules;

/// <summary>Keeps schedules in step with their workflows, inside the piece of writing that changes them.</summary>
public sealed class ScheduleKeeper(ScheduleBell bell, IdFactory ids, TimeProvider clock)
{
    /// <summary>The trigger type of workflows whose trigger is their schedule.</summary>
    public const string TriggerType = "schedule";

    /// <summary>To be called by whatever publishes, pauses, resumes or deletes a workflow, after it has changed the row.</summary>
    public void Keep(StudioWrite write, WorkflowRow workflow)
    {
        var row = write.Db.Schedules.SingleOrDefault(s => s.WorkflowId == workflow.Id);
        var trigger = workflow.TriggerType == TriggerType;
        if (workflow.DeletedAt is not null || workflow.ActiveSerial is not { } serial || (!trigger && row is not { IsTrigger: false }))
        {
            if (row is not null) Remove(write, row);
            return;
        }

        row ??= Added(write, workflow);
        var before = (row.IsOn, row.Cron, row.TimeZone, row.StartsAt);
        (row.VersionSerial, row.WorkflowOn) = (serial, workflow.Status == WorkflowStatus.Active);
        if (trigger)
            Take(row, StoredDefinitions.Definition(write.Db.Versions.Where(v => v.Serial == serial).Select(v => v.Definition).Single()));
        Changed(write, row, afresh: before != (row.IsOn, row.Cron, row.TimeZone, row.StartsAt));
    }

    /// <summary>The same for a workflow that changed without it.</summary>
    internal bool Keep(StudioWrite write, Guid workflowId)
    {
        if (write.Db.Workflows.Find(workflowId) is { } workflow) Keep(write, workflow);
        else if (write.Db.Schedules.SingleOrDefault(s => s.WorkflowId == workflowId) is { } orphan) Remove(write, orphan);
        return true;
    }

    /// <summary>Gives a workflow that starts in another way a schedule of its own, or changes it.</summary>
    public ScheduleRow Set(StudioWrite write, WorkflowRow workflow, string cron, string? timeZone)
    {
        var row = write.Db.Schedules.SingleOrDefault(s => s.WorkflowId == workflow.Id) ?? Added(write, workflow);
        (row.Cron, row.TimeZone, row.VersionSerial, row.WorkflowOn) =
            (cron.Trim(), timeZone, workflow.ActiveSerial ?? 0, workflow is { Status: WorkflowStatus.Active, ActiveSerial: not null });
        Changed(write, row, afresh: true);
        return row;
    }

    /// <summary>Turns a schedule on or off. What happens while it is off is not missed.</summary>
    public void Enable(StudioWrite write, ScheduleRow row, bool on)
    {
        var afresh = on && !row.Enabled;
        row.Enabled = on;
        Changed(write, row, afresh);
    }

    /// <summary>Removes a schedule and its history.</summary>
    public void Remove(StudioWrite write, ScheduleRow row)
    {
        write.Db.RemoveRange(write.Db.ScheduleOccurrences.Where(o => o.ScheduleId == row.Id));
        write.Db.Remove(row);
        write.AfterCommit(() => bell.Ring(row.Id));
    }

    /// <summary>
    /// Computes what comes next anew, for a clock or a workspace's zone that was changed; answers whether it is another time.
    /// </summary>
    internal bool Refresh(StudioWrite write, Guid id)
    {
        if (write.Db.Schedules.Find(id) is not { } row) return false;
        var before = row.NextFireAt;
        if (before <= clock.GetUtcNow()) return false; // it is due: firing decides
        StoredSchedule.SetNext(row, Zone(write, row), clock.GetUtcNow());
        return row.NextFireAt != before;
    }

    private ScheduleRow Added(StudioWrite write, WorkflowRow workflow)
    {
        var row = new ScheduleRow
        {
            Id = ids.New(), WorkspaceId = workflow.WorkspaceId, Environment = workflow.Environment, WorkflowId = workflow.Id, Cron = "",
            CreatedAt = clock.GetUtcNow(),
            Misfire = Engine.Schedules.Misfire.Once,
        };
        write.Db.Add(row);
        return row;
    }

    private static void Take(ScheduleRow row, WorkflowDefinition definition)
    {
        var settings = ScheduleSettings.Of(definition.Trigger.Config);
        (row.IsTrigger, row.Cron, row.TimeZone) =
            (true, settings.Cron.Trim(), settings.Timezone is { Length: > 0 } zone ? zone : definition.Settings.TimeZone);
        (row.Misfire, row.JitterSeconds, row.StartsAt, row.EndsAt) =
            (settings.Misfire, settings.JitterSeconds, settings.StartsAt?.ToUniversalTime(), settings.EndsAt?.ToUniversalTime());
        row.Payload = settings.Payload is { Count: > 0 } payload ? JsonSerializer.Serialize(payload) : null;
    }

    private void Changed(StudioWrite write, ScheduleRow row, bool afresh)
    {
        if (afresh) row.HandledUntil = clock.GetUtcNow();
        row.Revision++;
        StoredSchedule.SetNext(row, Zone(write, row), clock.GetUtcNow());
        write.AfterCommit(() => bell.Ring(row.Id));
    }

    private static string Zone(StudioWrite write, ScheduleRow row) =>
        write.Db.Workspaces.Where(w => w.Id == row.WorkspaceId).Select(w => w.TimeZone).Single();
}
