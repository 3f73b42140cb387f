using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Home;

/// <summary>Says whether steps of a workspace may run programs that people write. In a new one they may not.</summary>
internal sealed class AllowCode(IStudioWriter writer, WorkspaceStore workspaces, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageSettings;

    /// <summary>Sets it for both environments, or tells how it stands with null.</summary>
    public async Task<Result<bool>> RunAsync(Caller caller, bool? allow, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var workspace = caller.Tenant.WorkspaceId;
        if (allow is not { } wanted) return await workspaces.AllowsAsync(workspace, cancellationToken);
        return await writer.WriteAsync<Result<bool>>(
            workspace,
            write =>
            {
                if (WorkspaceStore.Find(write, workspace) is not { } row) return new OperationProblem.NotFound("workspace");
                if (row.AllowsCode == wanted) return wanted;
                row.AllowsCode = wanted;
                audit.Add(write, caller, AuditActions.CodeAllowed, null, row.Name, wanted ? "It is allowed." : "It is not allowed.");
                return wanted;
            },
            cancellationToken);
    }
}
