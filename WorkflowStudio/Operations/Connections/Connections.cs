using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Connections;

/// <summary>
/// Connects an account elsewhere; of each kind a workspace has one per environment, of some kinds several by name. The secret is stored
/// encrypted.
/// </summary>
internal sealed class SetConnection(
    IStudioWriter writer, ISecretProtector protector, NodeNews news, IdFactory ids, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageConnections;

    /// <param name="caller">Who asks, with the workspace and environment.</param>
    /// <param name="connection">The connection with its secret in the clear.</param>
    /// <param name="keepOld">Whether the secret that is there counts beside the new one, until it is set again: for a
    /// <see cref="ConnectionKinds.WebhookSecret"/>, whose sender changes over at another time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<string>> RunAsync(
        Caller caller, Connection connection, bool keepOld = false, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
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
        await writer.WriteAsync(
            caller.Tenant.WorkspaceId,
            write =>
            {
                // sent once more, it is the same: the one before stays the old one
                if (keepOld && Secrets(WorkspaceStore.Connection(write, caller.Tenant, row.Kind, row.Name)) is { } there
                    && there.FirstOrDefault(s => s != connection.Secret) is { } old)
                    row.ProtectedSecret = protector.Protect($"{connection.Secret}\n{old}");
                WorkspaceStore.Connect(write, row);
                write.AfterCommit(() => news.TellChanged(NodeNews.Connection, row.WorkspaceId));
                return 0;
            },
            cancellationToken);
        return connection.Name;
    }

    private string[]? Secrets(ConnectionRow? there) =>
        there?.ProtectedSecret is { } secret ? protector.Unprotect(secret)?.Split('\n') : null;
}

/// <summary>Lists the connections of the workspace, of both environments.</summary>
internal sealed class ListConnections(WorkspaceStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageConnections;

    public async Task<Result<IReadOnlyList<ConnectionFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        ConnectionFacts[] all = [.. (await store.ConnectionsAsync(caller.Tenant.WorkspaceId, cancellationToken))
            .Select(c => new ConnectionFacts(c.Environment, c.Kind, c.Name, JsonElement.Parse(c.Settings), c.ProtectedSecret is not null))];
        return all;
    }
}

/// <summary>Removes a connection and its secret.</summary>
internal sealed class RemoveConnection(IStudioWriter writer, NodeNews news)
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
                write.AfterCommit(() => news.TellChanged(NodeNews.Connection, caller.Tenant.WorkspaceId));
                return removed;
            },
            cancellationToken);
    }
}

/// <summary>A connection without its secret.</summary>
/// <param name="Environment">Which side of the workspace it serves.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Settings">Address, model and the like; an object.</param>
/// <param name="HasSecret">Whether it has one.</param>
internal sealed record ConnectionFacts(StudioEnvironment Environment, string Kind, string Name, JsonElement Settings, bool HasSecret);
