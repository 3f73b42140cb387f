using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Practice;

/// <summary>The connections of workspaces, their secrets decrypted on the way out.</summary>
internal sealed class ConnectionStore(IDbContextFactory<StudioDbContext> contexts, ISecretProtector protector) : IConnections
{
    public async Task<Connection?> FindAsync(Tenant tenant, string kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Connections.AsNoTracking().FirstOrDefaultAsync(
            c => c.WorkspaceId == tenant.WorkspaceId && c.Environment == tenant.Environment && c.Kind == kind, cancellationToken);
        if (row is null) return null;
        using var settings = JsonDocument.Parse(row.Settings);
        return new Connection(row.Kind, row.Name, settings.RootElement.Clone(), row.ProtectedSecret is { } secret ? protector.Unprotect(secret) : null);
    }
}
