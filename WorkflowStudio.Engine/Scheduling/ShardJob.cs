using Quartz;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>
/// A term of a shard's pump. Quartz sees to it that a shard has one owner at a time and that a term that ended is followed by the next. On
/// one node with the in-memory store a term lasts until the app stops: there is nobody to hand the shard to.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ShardJob(ShardPumps pumps) : IJob
{
    public const string ShardKey = "shard";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await pumps.RunTermAsync(context.MergedJobDataMap.GetInt(ShardKey), cancellationToken);
}
