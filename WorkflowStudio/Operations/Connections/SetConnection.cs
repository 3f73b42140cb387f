using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Connections;

/// <summary>Connects an account elsewhere; of each kind a workspace has one per environment, of some kinds several by name. The secret is stored encrypted.</summary>
internal sealed class SetConnection(IStudioWriter writer, ISecretProtector protector, IdFactory ids, TimeProvider clock)
{
    /// <param name="caller">Who asks, with the workspace and environment.</param>
    /// <param name="connection">The connection with its secret in the clear.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<string>> RunAsync(Caller caller, Connection connection, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Permission.ManageWorkspace) is { } refused) return refused;
        var row = new ConnectionRow
        {
            Id = ids.New(),
            WorkspaceId = caller.Tenant.WorkspaceId,
            Environment = caller.Tenant.Environment,
            Kind = connection.Kind,
            Name = connection.Name,
            Settings = connection.Settings.GetRawText(),
            ProtectedSecret = string.IsNullOrEmpty(connection.Secret) ? null : protector.Protect(connection.Secret),
            CreatedAt = clock.GetUtcNow(),
        };
        await writer.WriteAsync(caller.Tenant.WorkspaceId, write => { WorkspaceStore.Connect(write, row); return 0; }, cancellationToken);
        return connection.Name;
    }
}
