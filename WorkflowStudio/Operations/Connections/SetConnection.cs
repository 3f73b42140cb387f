using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Connections;

/// <summary>
/// Connects an account elsewhere; of each kind a workspace has one per environment, of some kinds several by name. The secret is stored
/// encrypted, and steps take the one that is there when they need it: no run stops for a new one.
/// </summary>
internal sealed class SetConnection(
    IStudioWriter writer, ConnectionDraft drafts, ISecretProtector protector, NodeNews news, AuditTrail audit, IdFactory ids,
    TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageConnections;

    /// <param name="caller">Who asks, with the workspace and environment.</param>
    /// <param name="connection">The connection with its secret in the clear.</param>
    /// <param name="secret">What becomes of the secret that is there.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<ConnectionFacts>> RunAsync(
        Caller caller, Connection connection, SecretChange secret = SecretChange.Replace, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<ConnectionFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                var there = WorkspaceStore.Connection(
                    write, caller.Tenant, connection.Kind, ConnectionKinds.IsNamed(connection.Kind) ? connection.Name.Trim() : null);
                var made = drafts.Make(there, connection, secret);
                if (!made.Ok) return made.Problem;
                var row = new ConnectionRow
                {
                    Id = ids.New(),
                    WorkspaceId = caller.Tenant.WorkspaceId,
                    Environment = caller.Tenant.Environment,
                    Kind = made.Value.Kind,
                    Name = made.Value.Name,
                    Settings = made.Value.Settings.GetRawText(),
                    ProtectedSecret = made.Value.Secret is { } text ? protector.Protect(text) : null,
                    CreatedAt = clock.GetUtcNow(),
                };
                WorkspaceStore.Connect(write, row);
                audit.Add(write, caller, AuditActions.ConnectionSet, null, row.Name, Words(made.Value, connection.Secret, secret));
                write.AfterCommit(() => news.TellChanged(NodeNews.Connection, row.WorkspaceId));
                return ConnectionFacts.Of(row);
            },
            cancellationToken);
    }

    private static string Words(Connection connection, string? given, SecretChange secret) =>
        $"It is of the kind {connection.Kind}{(connection.Text("endpoint") is { Length: > 0 } at ? $" and leads to {at}" : "")}. "
        + (connection.Secret is null ? "It has no secret." : secret switch
        {
            SecretChange.Keep when string.IsNullOrWhiteSpace(given) => "Its secret stays.",
            SecretChange.Add => "Its secret is new, and the one before counts, too.",
            _ => "Its secret is new.",
        });
}

/// <summary>Removes a connection and its secret.</summary>
internal sealed class RemoveConnection(IStudioWriter writer, NodeNews news, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageConnections;

    /// <param name="caller">Who asks, with the workspace and environment.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name; null for a kind of which there is one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Its name.</returns>
    public async Task<Result<string>> RunAsync(Caller caller, string kind, string? name, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<string>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (WorkspaceStore.Disconnect(write, caller.Tenant, kind, name) is not { } removed)
                    return new OperationProblem.NotFound("connection");
                audit.Add(write, caller, AuditActions.ConnectionRemoved, null, removed, $"It was of the kind {kind}.");
                write.AfterCommit(() => news.TellChanged(NodeNews.Connection, caller.Tenant.WorkspaceId));
                return removed;
            },
            cancellationToken);
    }
}
