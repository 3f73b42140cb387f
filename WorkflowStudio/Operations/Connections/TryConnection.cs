using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Connections;

/// <summary>
/// Tries a connection in the mildest way there is, stored or not yet: it signs in and changes nothing. What it says is for people.
/// </summary>
internal sealed class TryConnection(WorkspaceStore store, ConnectionDraft drafts, ConnectionCatalog kinds)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageConnections;

    /// <summary>How it went in a sentence, or what is wrong.</summary>
    /// <param name="caller">Who asks, with the workspace and environment.</param>
    /// <param name="connection">The connection as it would be set.</param>
    /// <param name="secret">What becomes of the secret that is there.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<string>> RunAsync(
        Caller caller, Connection connection, SecretChange secret, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (caller.Tenant.Environment == StudioEnvironment.Test)
            return new OperationProblem.Conflict("sandbox", "In the test environment nothing goes out, so there is nothing to try.");
        var there = (await store.ConnectionsAsync(caller.Tenant.WorkspaceId, cancellationToken)).FirstOrDefault(c =>
            c.Environment == caller.Tenant.Environment && c.Kind == connection.Kind
            && (!ConnectionKinds.IsNamed(c.Kind) || c.Name == connection.Name.Trim()));
        var made = drafts.Make(there, connection, secret);
        if (!made.Ok) return made.Problem;
        var kind = kinds.Find(connection.Kind)!;
        return (await kind.TryAsync(caller.Tenant, made.Value, cancellationToken)).Has(out var said, out var problem)
            ? said
            : new OperationProblem.Conflict(problem.Code, problem.Message);
    }

    /// <summary>The same of one that is stored.</summary>
    public async Task<Result<string>> RunAsync(Caller caller, string kind, string? name, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var there = (await store.ConnectionsAsync(caller.Tenant.WorkspaceId, cancellationToken)).FirstOrDefault(c =>
            c.Environment == caller.Tenant.Environment && c.Kind == kind && (name is null || c.Name == name));
        if (there is null) return new OperationProblem.NotFound("connection");
        return await RunAsync(
            caller, new Connection(kind, there.Name, ConnectionFacts.Of(there).Settings, null), SecretChange.Keep, cancellationToken);
    }
}
