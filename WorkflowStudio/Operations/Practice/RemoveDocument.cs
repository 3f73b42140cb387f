using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Removes single documents. The runs that name one stay; what was in it is gone.</summary>
public sealed class RemoveDocument(IStudioWriter writer, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Removes one that the caller sees; answers its id.</summary>
    public async Task<Result<Guid>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var seen = await access.SeenAsync(caller, cancellationToken);
        return await writer.WriteAsync<Result<Guid>>(
            caller.Tenant.WorkspaceId,
            write => StoredDocuments.Remove(write, seen, id) ? id : new OperationProblem.NotFound("document"), cancellationToken);
    }
}
