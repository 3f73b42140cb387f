using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Removes a draft that is as it was made: whoever only wanted to look leaves no "Untitled workflow" behind. Anything saved, renamed or
/// published stays.
/// </summary>
internal sealed class DiscardUntouched(IStudioWriter writer, ActiveWorkflows active, TimeProvider clock)
{
    /// <summary>Whether it was removed.</summary>
    public async Task<Result<bool>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ManageWorkflows) is { } refused) return refused;
        return await writer.WriteAsync<Result<bool>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (write.FindWorkflow(caller.Tenant, id) is not { ActiveSerial: null, DraftRevision: 1 } row
                    || row.UpdatedAt != row.CreatedAt) return false;
                row.DeletedAt = clock.GetUtcNow();
                write.Announce(row, WorkflowChange.Deleted);
                write.AfterCommit(() => active.Forget(id));
                return true;
            },
            cancellationToken);
    }
}
