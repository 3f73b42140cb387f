using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>One connection, whoever asks.</summary>
internal sealed class FakeConnections(string kind, string settings, string? secret) : IConnections
{
    public Task<Connection?> FindAsync(Tenant tenant, string wanted, CancellationToken cancellationToken) => Task.FromResult(
        wanted == kind ? new Connection(kind, "Test", JsonElement.Parse(settings), secret) : null);

    public Task<Connection?> FindAsync(Tenant tenant, string wanted, string name, CancellationToken cancellationToken) =>
        FindAsync(tenant, wanted, cancellationToken);

    public Task<IReadOnlyList<string>> NamesAsync(Tenant tenant, string wanted, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);
}
