using WorkflowStudio.Engine.Storage.Events;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Events;

/// <summary>What a workflow's trigger did with events in the last seven days: what it refused and why, and what it started by itself.</summary>
public sealed class ReadTriggerLog(WorkflowStore workflows, TriggerLog log)
{
    /// <summary>The length of a page.</summary>
    public const int PageLength = 50;

    /// <summary>
    /// The lines behind <paramref name="before"/> (an <see cref="TriggerLogRow.Id"/>; null for the newest), newest first; of one outcome when
    /// <paramref name="only"/> says so.
    /// </summary>
    public async Task<Result<TriggerLogPage>> RunAsync(Caller caller, Guid workflowId, long? before = null, TriggerOutcome? only = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refused) return refused;
        if (await workflows.FindAsync(caller.Tenant, workflowId, cancellationToken) is not { } workflow) return new OperationProblem.NotFound("workflow");
        var lines = await log.ReadAsync(caller.Tenant, workflowId, only, before, PageLength + 1, cancellationToken);
        return new TriggerLogPage(workflow.Name, workflow.TriggerType, [.. lines.Take(PageLength)], lines.Count > PageLength ? lines[PageLength - 1].Id : null);
    }
}

/// <summary>A page of a workflow's trigger log.</summary>
/// <param name="Workflow">The name of the workflow.</param>
/// <param name="TriggerType">How it starts.</param>
/// <param name="Lines">Newest first.</param>
/// <param name="Next">What the next page begins behind; null when there is none.</param>
public sealed record TriggerLogPage(string Workflow, string TriggerType, IReadOnlyList<TriggerLogRow> Lines, long? Next);
