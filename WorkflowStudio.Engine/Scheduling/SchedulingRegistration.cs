using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>Registers Quartz with the engine's jobs.</summary>
internal static class SchedulingRegistration
{
    private static readonly TimeSpan BetweenTerms = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenHousekeeping = TimeSpan.FromMinutes(10);

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
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    private static void AddShard(IQuartzBuilder quartz, int shard)
    {
        var name = "shard-" + shard.ToString(CultureInfo.InvariantCulture);
        quartz.ScheduleJob<ShardJob>(
            t => t.WithIdentity(name).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenTerms).RepeatForever()),
            j => j.WithIdentity(name).UsingJobData(ShardJob.ShardKey, shard).StoreDurably().RequestRecovery());
    }
}
