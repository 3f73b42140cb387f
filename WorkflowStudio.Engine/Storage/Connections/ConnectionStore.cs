using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Connections;

/// <summary>The connections of workspaces, their secrets decrypted on the way out.</summary>
internal sealed class ConnectionStore(IDbContextFactory<StudioDbContext> contexts, ISecretProtector protector) : IConnections
{
    public async Task<Connection?> FindAsync(Tenant tenant, string kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await Of(db, tenant, kind).FirstOrDefaultAsync(cancellationToken));
    }

    public async Task<Connection?> FindAsync(Tenant tenant, string kind, string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await Of(db, tenant, kind).FirstOrDefaultAsync(c => c.Name == name, cancellationToken));
    }

    public async Task<IReadOnlyList<string>> NamesAsync(Tenant tenant, string kind, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, tenant, kind).OrderBy(c => c.Name).Select(c => c.Name).ToListAsync(cancellationToken);
    }

    private static IQueryable<ConnectionRow> Of(StudioDbContext db, Tenant tenant, string kind) =>
        db.Connections.AsNoTracking()
            .Where(c => c.WorkspaceId == tenant.WorkspaceId && c.Environment == tenant.Environment && c.Kind == kind);

    private Connection? Read(ConnectionRow? row) => row is null
        ? null
        : new Connection(
            row.Kind, row.Name, JsonElement.Parse(row.Settings), row.ProtectedSecret is { } secret ? protector.Unprotect(secret) : null);
}
