using Quartz;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>Counts the runs of days that are over, every ten minutes.</summary>
[DisallowConcurrentExecution]
internal sealed class RunDayJob(RunDayCounting counting) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await Unwritten.IgnoreAsync(() => counting.RunOnceAsync(cancellationToken));
}
