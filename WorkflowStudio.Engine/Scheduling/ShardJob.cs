using Quartz;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>
/// A term of a shard's pump. Quartz sees to it that a shard has one owner at a time and that a term that ended is followed by the next. On
/// one node with the in-memory store a term lasts until the app stops: there is nobody to hand the shard to.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ShardJob(ShardPumps pumps, TimeProvider clock) : IJob
{
    public const string ShardKey = "shard";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // a database that cannot be written is told by the writer, once a minute; here it only costs patience
        for (var pause = FirstPause; !await TryAsync(context.MergedJobDataMap.GetInt(ShardKey), cancellationToken); pause = Longer(pause))
            await Task.Delay(pause, clock, cancellationToken);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause + pause < LongestPause ? pause + pause : LongestPause;

    private async Task<bool> TryAsync(int shard, CancellationToken cancellationToken)
    {
        try
        {
            await pumps.RunTermAsync(shard, cancellationToken);
            return true;
        }
        catch (StoreUnwritableException)
        {
            return false;
        }
    }
}
