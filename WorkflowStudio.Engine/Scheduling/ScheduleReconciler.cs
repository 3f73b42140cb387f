using Microsoft.Extensions.Logging;
using Quartz;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>Repairs what differs: schedules from their workflows, times from the clock, Quartz's triggers from the table.</summary>
public sealed class ScheduleReconciler(
    ScheduleStore store, ScheduleKeeper keeper, ScheduleTriggers triggers, IStudioWriter writer, ILogger<ScheduleReconciler> logger)
{
    /// <summary>One round; answers how many triggers were set or removed.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in await store.OutOfStepAsync(cancellationToken)) await KeepAsync(workflow, cancellationToken);
        foreach (var schedule in await store.OnAsync(cancellationToken))
            await writer.WriteAsync(schedule.Row.WorkspaceId, write => keeper.Refresh(write, schedule.Row.Id), cancellationToken);
        return await triggers.MatchAsync(await store.OnAsync(cancellationToken), cancellationToken);
    }

    // one definition that cannot be read must not keep the others from being repaired
    private async Task KeepAsync(Guid workflow, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(write => keeper.Keep(write, workflow), cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            Log.ScheduleUnreadable(logger, workflow, e);
        }
    }
}

/// <summary>Repairs schedules and triggers at start-up and every minute.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduleReconcileJob(ScheduleReconciler reconciler) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await Unwritten.IgnoreAsync(() => reconciler.RunOnceAsync(cancellationToken));
}
