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
    private static readonly TimeSpan BetweenRepairs = TimeSpan.FromMinutes(1);

    /// <param name="services">The services.</param>
    /// <param name="shared">The database in which nodes keep their triggers together; null to keep them in memory.</param>
    public static void AddScheduling(this IServiceCollection services, string? shared)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = "studio";
                o.ShutdownJobInterruption = ShutdownJobInterruption.Always; // a term ends when the app stops
            });
            quartz.UseDefaultThreadPool(RunBell.Shards + 8);
            if (shared is null) Alone(quartz);
            else Together(quartz, shared);
            quartz.ScheduleJob<HousekeepingJob>(t => t.WithIdentity("housekeeping")
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenHousekeeping).RepeatForever()));
            quartz.ScheduleJob<RetentionJob>(t => t.WithIdentity("retention")
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenHousekeeping).RepeatForever()));
            quartz.ScheduleJob<RunDayJob>(t => t.WithIdentity("run-days")
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenHousekeeping).RepeatForever()));
            quartz.ScheduleJob<ScheduleReconcileJob>(
                t => t.WithIdentity("schedules").WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenRepairs).RepeatForever()));
            quartz.AddJob<ScheduleJob>(j => j.WithIdentity(ScheduleTriggers.Job).StoreDurably().RequestRecovery());
        });
        services.AddSchedules();
        // the tables are there, so runs need not wait for pages
        services.AddQuartzHostedService(o => (o.WaitForJobsToComplete, o.AwaitApplicationStarted) = (true, false));
    }

    private static void AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<ScheduleFiring>().AddSingleton<ScheduleTriggers>().AddSingleton<ScheduleReconciler>()
            .AddSingleton<ScheduleWatch>();
        services.AddHostedService(p => p.GetRequiredService<ScheduleWatch>());
    }

    // one node: its pumps are jobs that last until the app stops
    private static void Alone(IQuartzBuilder quartz)
    {
        quartz.UseInMemoryStore(_ => { });
        for (var shard = 0; shard < RunBell.Shards; shard++) AddShard(quartz, shard);
    }

    // Several nodes: Quartz decides who fires what and takes over from the dead. Shards are shared by ShardSharing, see docs/adr/0004.
    private static void Together(IQuartzBuilder quartz, string shared)
    {
        quartz.ConfigureScheduler(o =>
        {
            o.InstanceId = string.Create(
                CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{Environment.TickCount64}");
            o.IdleWaitTime = TimeSpan.FromSeconds(2);
        });
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(shared);
            store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)));
            store.ProvisionSchema();
            store.UseSystemTextJsonSerializer();
        });
    }

    private static void AddShard(IQuartzBuilder quartz, int shard)
    {
        var name = "shard-" + shard.ToString(CultureInfo.InvariantCulture);
        quartz.ScheduleJob<ShardJob>(
            t => t.WithIdentity(name).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenTerms).RepeatForever()),
            j => j.WithIdentity(name).UsingJobData(ShardJob.ShardKey, shard).StoreDurably().RequestRecovery());
    }
}
