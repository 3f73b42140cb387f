using Quartz;
using WorkflowStudio.Engine.Storage.Retention;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>Deletes and packs old runs, every ten minutes; a pass does at most a million runs of each.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(RunRetention retention) : IJob
{
    /// <summary>How many runs a pass deletes at most, and how many it packs.</summary>
    public const int MostRuns = 1_000_000;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await Unwritten.IgnoreAsync(() => retention.RunOnceAsync(MostRuns, cancellationToken));
}
