using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Turns a workflow on or off. Off, its trigger starts nothing; runs that have begun go on.</summary>
internal sealed class SetWorkflowStatus(IStudioWriter writer, ActiveWorkflows active, ScheduleKeeper schedules, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    public async Task<Result<WorkflowStatus>> RunAsync(Caller caller, Guid id, bool on, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        return await writer.WriteAsync<Result<WorkflowStatus>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused)) return refused;
                if (row.ActiveSerial is null)
                    return new OperationProblem.Conflict("never_published", "This workflow was never published. Publish it, and it is on.");
                row.Status = on ? WorkflowStatus.Active : WorkflowStatus.Paused;
                row.UpdatedAt = clock.GetUtcNow();
                schedules.Keep(write, row);
                write.Announce(row, WorkflowChange.Updated);
                write.AfterCommit(() => active.Forget(id));
                return row.Status;
            },
            cancellationToken);
    }
}

/// <summary>Changes a workflow's name and description; its address stays.</summary>
internal sealed class RenameWorkflow(IStudioWriter writer, ActiveWorkflows active, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    public async Task<Result<WorkflowFacts>> RunAsync(
        Caller caller, Guid id, string name, string description, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var problems = WorkflowText.Problems(name, description).ToList();
        if (problems.Count > 0) return new OperationProblem.Invalid("The workflow cannot be named like this.", problems);
        return await writer.WriteAsync<Result<WorkflowFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused)) return refused;
                (row.Name, row.Description, row.UpdatedAt) = (name.Trim(), description, clock.GetUtcNow());
                write.Announce(row, WorkflowChange.Updated);
                write.AfterCommit(() => active.Forget(id));
                return WorkflowFacts.Of(row);
            },
            cancellationToken);
    }
}

/// <summary>Makes a draft with the same steps.</summary>
internal sealed class DuplicateWorkflow(GetWorkflow get, CreateWorkflow create)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    public async Task<Result<CreatedWorkflow>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var original = await get.RunAsync(caller, id, cancellationToken);
        if (!original.Ok) return original.Problem;
        var (workflow, definition, editor, _, _) = original.Value;
        var name = $"Copy of {workflow.Name}";
        name = ShownText.Begin(name, WorkflowText.MaxName);
        return await create.RunAsync(caller, new NewWorkflow(
            name, workflow.Description, WorkflowStatus.Draft, definition, editor, workflow.Origin)
        { Visibility = workflow.Visibility == WorkflowVisibility.Tenant ? null : WorkflowVisibility.Private }, null, cancellationToken);
    }
}

/// <summary>
/// Deletes a workflow for everybody: it disappears from lists, its address starts nothing, its unfinished runs are canceled. What its runs
/// did stays readable.
/// </summary>
internal sealed class DeleteWorkflow(
    IStudioWriter writer, RunBell bell, ActiveWorkflows active, ScheduleKeeper schedules, TimeProvider clock, WorkflowErasure erasure)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    /// <summary>Answers how many runs were told to end.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The workflow.</param>
    /// <param name="erased">
    /// Of workflows that this dialect made nothing is left, neither versions nor runs; that is refused while a run is not over.
    /// </param>
    /// <param name="tags">The tags of which the workflow has to have one (If-Match); null for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<int>> RunAsync(
        Caller caller, Guid id, string? erased = null, IReadOnlyList<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var marked = await writer.WriteAsync(
            caller.Tenant.WorkspaceId, write => Mark(write, caller, id, erased, tags), cancellationToken);
        if (!marked.Ok) return marked.Problem;
        var canceled = await CancelAsync(caller, id);
        if (marked.Value) await erasure.EraseAsync(caller.Tenant, id, CancellationToken.None);
        return canceled;
    }

    private async Task<int> CancelAsync(Caller caller, Guid id)
    {
        var canceled = 0;
        // Nothing new can start: what is unfinished now is all there is, in pages by id. Whoever asked may go away meanwhile: it is
        // deleted, so they end.
        for (var last = Guid.Empty; await writer.WriteAsync(caller.Tenant.WorkspaceId, write => Cancel(write, id, last, caller.Name),
            CancellationToken.None) is { Count: > 0 } page; last = page[^1])
            canceled += page.Count;

        return canceled;
    }

    private IReadOnlyList<Guid> Cancel(StudioWrite write, Guid id, Guid after, string by)
    {
        var page = write.CancelRuns(id, after, by, clock.GetUtcNow());
        write.AfterCommit(() =>
        {
            foreach (var run in page) bell.Ring(run);
        });
        return page;
    }

    // whether it is erased, too
    private Result<bool> Mark(StudioWrite write, Caller caller, Guid id, string? erased, IReadOnlyList<string>? tags)
    {
        if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused, GrantLevel.Manage)) return refused;
        if (tags is not null && !tags.Contains(DefinedWorkflow.TagOf(row.Revision))) return new OperationProblem.Stale("workflow");
        var erases = row.Origin == erased;
        if (erases && write.HasOpenRuns(id))
            return new OperationProblem.Conflict(
                "active_runs", "Cannot delete workflow template with active runs. Cancel pending runs first.");
        (row.DeletedAt, row.Status) = (clock.GetUtcNow(), WorkflowStatus.Paused);
        schedules.Keep(write, row);
        write.Announce(row, WorkflowChange.Deleted);
        write.AfterCommit(() => active.Forget(id));
        return erases;
    }
}
