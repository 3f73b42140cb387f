using System.Text.Json;
using Microsoft.Extensions.Logging;
using NodaTime;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>
/// Does what a schedule's plan says. Each run is started together with the claim on its occurrence, so doing it twice, on two nodes or
/// after a crash anywhere in between, starts nothing twice.
/// </summary>
public sealed class ScheduleFiring(ScheduleStore store, RunService runs, IStudioWriter writer, TimeProvider clock,
    ILogger<ScheduleFiring> logger, ScheduleMetrics? metrics = null)
{
    /// <summary>Fires every schedule whose time has come; answers how many runs were started.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = 0;
        foreach (var schedule in await store.OnAsync(cancellationToken))
        {
            if (schedule.Row.NextFireAt <= clock.GetUtcNow()) started += await FireAsync(schedule, cancellationToken);
        }

        return started;
    }

    /// <summary>Fires one schedule when its time has come.</summary>
    public async Task FireAsync(Guid scheduleId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(scheduleId, cancellationToken) is { } schedule && schedule.Row.NextFireAt <= clock.GetUtcNow())
            await FireAsync(schedule, cancellationToken);
    }

    private async Task<int> FireAsync(StoredSchedule schedule, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var plan = SchedulePlan.Of(
            schedule.Times, schedule.Row.Misfire, Instant.FromDateTimeOffset(schedule.Row.HandledUntil), Instant.FromDateTimeOffset(now));
        await writer.WriteAsync(
            schedule.Row.WorkspaceId,
            write =>
            {
                write.RecordSkipped(schedule.Row.Id, plan, now);
                return true;
            },
            cancellationToken);
        var started = 0;
        foreach (var fire in plan.Fires)
        {
            if (await StartAsync(schedule, fire, now, cancellationToken)) started++;
        }

        await writer.WriteAsync(schedule.Row.WorkspaceId, write => write.MoveOn(schedule, plan), cancellationToken);
        if (plan.Skipped.Count > 0) metrics?.Skipped(plan.Skipped.Count + plan.Earlier);
        if (plan.Skipped.Count > 0) Log.OccurrencesSkipped(logger, schedule.Row.Id, plan.Skipped.Count + plan.Earlier);
        return started;
    }

    // what the constraints saw, when they refuse the occurrence; those of another trigger decide about what that brings
    private async Task<string?> RefusalAsync(
        StoredSchedule schedule, PlannedFire fire, JsonElement payload, CancellationToken cancellationToken)
    {
        if (!schedule.Row.IsTrigger) return null;
        var rule = await runs.RuleOfAsync(schedule.Row.VersionSerial, cancellationToken);
        if (rule == StartRule.Always) return null;
        var data = SchedulePayload.ForRule(schedule, fire, payload);
        return rule.Allows(data) ? null : rule.Saw(data);
    }

    private async Task<bool> StartAsync(StoredSchedule schedule, PlannedFire fire, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = schedule.Row;
        var start = new StartRunRequest
        {
            Tenant = new Tenant(row.WorkspaceId, row.Environment),
            VersionSerial = row.VersionSerial,
            Payload = SchedulePayload.Of(schedule, fire.Occurrence, Instant.FromDateTimeOffset(now)),
            Cause = SchedulePlan.Cause,
            Occurrence = new ScheduledOccurrence(row.Id, fire.Occurrence.ToDateTimeOffset(), fire.Late),
        };
        try
        {
            if (await RefusalAsync(schedule, fire, start.Payload, cancellationToken) is { } saw)
            {
                await writer.WriteAsync(row.WorkspaceId, write => Refuse(write, row, fire.Occurrence, saw, now), cancellationToken);
                return false;
            }

            await runs.StartAsync(start, cancellationToken);
            metrics?.Fired(fire.Late);
            return true;
        }
        catch (OccurrenceTakenException)
        {
            return false;
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreAwayException))
        {
            // one version that cannot run must not keep its schedule at this occurrence for ever
            Log.OccurrenceFailed(logger, row.Id, fire.Occurrence.ToDateTimeOffset(), e);
            await writer.WriteAsync(
                row.WorkspaceId,
                write =>
                {
                    write.RecordFailed(row.Id, fire.Occurrence, e.Message, now);
                    return true;
                },
                cancellationToken);
            return false;
        }
    }

    // once, however often it is come by
    private static bool Refuse(StudioWrite write, ScheduleRow row, Instant occurrence, string saw, DateTimeOffset now)
    {
        if (!write.RecordRefused(row.Id, occurrence, now)) return false;
        write.Log(new TriggerLogRow
        {
            WorkspaceId = row.WorkspaceId, Environment = row.Environment, WorkflowId = row.WorkflowId, At = now,
            Cause = SchedulePlan.Cause, Outcome = TriggerOutcome.Refused, Reason = "constraints", Detail = saw,
        });
        return true;
    }
}
