using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Scheduling.Schedules;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>Registers Quartz with the engine's jobs.</summary>
internal static class SchedulingRegistration
{
    private static readonly TimeSpan BetweenTerms = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenHousekeeping = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenRepairs = TimeSpan.FromMinutes(1);

    public static void AddScheduling(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = "studio";
                o.ShutdownJobInterruption = ShutdownJobInterruption.Always; // a term ends when the app stops
            });
            quartz.UseInMemoryStore(_ => { });
            quartz.UseDefaultThreadPool(RunBell.Shards + 8);
            for (var shard = 0; shard < RunBell.Shards; shard++) AddShard(quartz, shard);
            quartz.ScheduleJob<HousekeepingJob>(t => t.WithIdentity("housekeeping").WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenHousekeeping).RepeatForever()));
            quartz.ScheduleJob<RetentionJob>(t => t.WithIdentity("retention").WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenHousekeeping).RepeatForever()));
            quartz.ScheduleJob<ScheduleReconcileJob>(t => t.WithIdentity("schedules").WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenRepairs).RepeatForever()));
            quartz.AddJob<ScheduleJob>(j => j.WithIdentity(ScheduleTriggers.Job).StoreDurably().RequestRecovery());
        });
        services.AddSchedules();
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    private static void AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<ScheduleFiring>().AddSingleton<ScheduleTriggers>().AddSingleton<ScheduleReconciler>().AddSingleton<ScheduleWatch>();
        services.AddHostedService(p => p.GetRequiredService<ScheduleWatch>());
    }

    private static void AddShard(IQuartzBuilder quartz, int shard)
    {
        var name = "shard-" + shard.ToString(CultureInfo.InvariantCulture);
        quartz.ScheduleJob<ShardJob>(
            t => t.WithIdentity(name).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenTerms).RepeatForever()),
            j => j.WithIdentity(name).UsingJobData(ShardJob.ShardKey, shard).StoreDurably().RequestRecovery());
    }
}
