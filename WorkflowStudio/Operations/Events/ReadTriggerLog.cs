using WorkflowStudio.Engine.Storage.Events;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Events;

/// <summary>What a workflow's trigger did with events in the last seven days: what it refused and why, and what it started by itself.</summary>
public sealed class ReadTriggerLog(WorkflowStore workflows, TriggerLog log)
{
    /// <summary>The length of a page.</summary>
    public const int PageLength = 50;

    /// <summary>The lines behind <paramref name="before"/> (an <see cref="TriggerLogRow.Id"/>; null for the newest), newest first.</summary>
    public async Task<Result<IReadOnlyList<TriggerLogRow>>> RunAsync(Caller caller, Guid workflowId, long? before = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refused) return refused;
        if (await workflows.FindAsync(caller.Tenant, workflowId, cancellationToken) is null) return new OperationProblem.NotFound("workflow");
        return (await log.ReadAsync(caller.Tenant, workflowId, before, PageLength, cancellationToken)).ToArray();
    }
}
