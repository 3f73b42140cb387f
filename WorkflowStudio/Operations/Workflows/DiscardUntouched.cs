using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Removes a draft that is as it was made: whoever only wanted to look leaves no "Untitled workflow" behind. Anything saved, renamed or
/// published stays.
/// </summary>
internal sealed class DiscardUntouched(IStudioWriter writer, ActiveWorkflows active, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    /// <summary>Whether it was removed.</summary>
    public async Task<Result<bool>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        return await writer.WriteAsync<Result<bool>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused))
                    return refused is OperationProblem.NotFound ? false : refused;
                if (row is not { ActiveSerial: null, DraftRevision: 1 } || row.UpdatedAt != row.CreatedAt) return false;
                row.DeletedAt = clock.GetUtcNow();
                write.Announce(row, WorkflowChange.Deleted);
                write.AfterCommit(() => active.Forget(id));
                return true;
            },
            cancellationToken);
    }
}
