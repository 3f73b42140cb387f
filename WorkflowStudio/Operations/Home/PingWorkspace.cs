using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Home;

/// <summary>Tells whoever holds a key which workspace it opens, and what it may do there.</summary>
internal sealed class PingWorkspace(WorkspaceStore workspaces, IPaymentAccount payments)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    public async Task<Result<OpenedWorkspace>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await workspaces.FindAsync(caller.Tenant.WorkspaceId, cancellationToken) is not { } workspace)
            return new OperationProblem.NotFound("workspace");
        return new OpenedWorkspace(
            workspace.Id, workspace.Name, caller.Tenant.Environment, [.. caller.Scopes.Order(StringComparer.Ordinal)],
            await payments.IsConnectedAsync(caller.Tenant, cancellationToken));
    }
}

/// <summary>A workspace that a key opens.</summary>
/// <param name="Id">The workspace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Environment">The environment of the key.</param>
/// <param name="Scopes">What the key may do.</param>
/// <param name="TakesPayments">Whether a payment account is connected.</param>
internal sealed record OpenedWorkspace(Guid Id, string Name, StudioEnvironment Environment, IReadOnlyList<string> Scopes,
    bool TakesPayments);
