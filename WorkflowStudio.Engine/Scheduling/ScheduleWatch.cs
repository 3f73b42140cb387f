using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Schedules;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>
/// Lets triggers follow at once: a schedule that was changed, and the clock when it was set. Quartz reckons with the wall clock, so after
/// one that was set back its repeating triggers would stand still until the old time is reached; this compares the wall clock with the
/// machine's own measure of time and starts them anew.
/// </summary>
public sealed class ScheduleWatch(
    ScheduleBell bell, ScheduleStore store, ScheduleTriggers triggers, ScheduleReconciler reconciler, ISchedulerFactory schedulers,
    TimeProvider clock, ILogger<ScheduleWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    // what clocks are set by in passing, to agree with others
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(5);

    private DateTimeOffset wall = clock.GetUtcNow();
    private long measured = clock.GetTimestamp();

    /// <summary>Sets the triggers of what has changed, and everything when the clock was set; answers by how much it was.</summary>
    public async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        while (bell.Changed.TryRead(out var id))
            await triggers.SetAsync(id, await store.FindAsync(id, cancellationToken), cancellationToken);
        var jump = Jump();
        if (jump.Duration() <= Unnoticed) return TimeSpan.Zero;
        Log.ClockJumped(logger, jump);
        await RestartRepeatingAsync(cancellationToken);
        await reconciler.RunOnceAsync(cancellationToken);
        return jump;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                await RungOrLaterAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnwritableException)
            {
                await Task.Delay(BetweenLooks, clock, CancellationToken.None); // the writer says it
            }
            catch (Exception e)
            {
                Log.ScheduleWatchFailed(logger, e);
                await Task.Delay(BetweenLooks, clock, CancellationToken.None);
            }
        }
    }

    private TimeSpan Jump()
    {
        var (now, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        var jump = now - wall - clock.GetElapsedTime(measured, timestamp);
        (wall, measured) = (now, timestamp);
        return jump;
    }

    private async Task RestartRepeatingAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), cancellationToken))
        {
            if (await scheduler.GetTrigger(key, cancellationToken) is not ISimpleTrigger { RepeatInterval.Ticks: > 0 } trigger
                || trigger.NextFireTimeUtc <= clock.GetUtcNow()) continue;
            await scheduler.RescheduleJob(
                key, trigger.GetTriggerBuilder().StartAt(clock.GetUtcNow() + trigger.RepeatInterval).Build(), cancellationToken);
        }
    }

    private async Task RungOrLaterAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var later = Task.Delay(BetweenLooks, clock, either.Token);
        await Task.WhenAny(bell.Changed.WaitToReadAsync(either.Token).AsTask(), later);
        await either.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }
}
