using Quartz;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>
/// Quartz's triggers, one for each schedule that is on: it fires once, at the schedule's next time, and the job sets the next. What Quartz
/// keeps is only a reminder; the table decides.
/// </summary>
public sealed class ScheduleTriggers(ISchedulerFactory schedulers, TimeProvider clock)
{
    internal const string Group = "schedules";

    // a trigger that should have fired so long ago is stuck
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    internal static readonly JobKey Job = new("fire", Group);

    /// <summary>Sets or removes the trigger of one schedule as its row says; null for a row that is gone.</summary>
    public async Task SetAsync(Guid id, StoredSchedule? schedule, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (schedule?.Row.NextFireAt is { } at)
            await scheduler.ScheduleJob(Trigger(id, at), new ScheduleJobOptions { Replace = true }, cancellationToken);
        else await scheduler.UnscheduleJob(KeyOf(id), cancellationToken);
    }

    /// <summary>Makes Quartz hold exactly the triggers of these schedules; answers how many were set or removed.</summary>
    public async Task<int> MatchAsync(IReadOnlyList<StoredSchedule> schedules, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var held = (await scheduler.GetTriggersOfJob(Job, cancellationToken)).ToDictionary(t => t.Key, t => t.NextFireTimeUtc);
        var changed = 0;
        foreach (var schedule in schedules.Where(s => s.Row.NextFireAt is not null))
        {
            if (held.Remove(KeyOf(schedule.Row.Id), out var at) && at == schedule.Row.NextFireAt && at > clock.GetUtcNow() - Overdue)
                continue;
            await SetAsync(schedule.Row.Id, schedule, cancellationToken);
            changed++;
        }

        foreach (var orphan in held.Keys) await scheduler.UnscheduleJob(orphan, cancellationToken);
        return changed + held.Count;
    }

    internal static TriggerKey KeyOf(Guid id) => new(id.ToString("N"), Group);

    private ITrigger Trigger(Guid id, DateTimeOffset at) => TriggerBuilder.Create(clock)
        .WithIdentity(KeyOf(id)).ForJob(Job).UsingJobData(ScheduleJob.ScheduleKey, id.ToString("N")).StartAt(at).Build();
}

/// <summary>Fires one schedule and sets its trigger to the next time.</summary>
internal sealed class ScheduleJob(ScheduleFiring firing, ScheduleTriggers triggers, ScheduleStore store) : IJob
{
    public const string ScheduleKey = "schedule";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // fired by hand, without a schedule
        if (!Guid.TryParseExact(context.MergedJobDataMap.GetString(ScheduleKey), "N", out var id)) return;
        await Unwritten.IgnoreAsync(() => firing.FireAsync(id, cancellationToken));
        await triggers.SetAsync(id, await store.FindAsync(id, cancellationToken), cancellationToken);
    }
}
