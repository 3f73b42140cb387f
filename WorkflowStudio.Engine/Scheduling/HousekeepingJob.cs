using Quartz;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>Removes what nobody can need any more, every ten minutes.</summary>
[DisallowConcurrentExecution]
internal sealed class HousekeepingJob(Housekeeping housekeeping) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await Unwritten.IgnoreAsync(() => housekeeping.RunOnceAsync(cancellationToken));
}
