using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Integrations;

/// <summary>Where the results of workflows go.</summary>
public sealed class IntegrationStore(IDbContextFactory<StudioDbContext> contexts, ISecretProtector protector) : IIntegrations
{
    /// <summary>The tenant's integrations, oldest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="workflowId">Only those of this workflow; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<IntegrationRow>> ListAsync(Tenant tenant, Guid? workflowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Of(db, tenant).AsNoTracking();
        if (workflowId is { } id) found = found.Where(i => i.WorkflowId == id);
        return await found.OrderBy(i => i.Id).ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Integration>> OfWorkflowAsync(Tenant tenant, Guid workflowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Of(db, tenant).AsNoTracking().Where(i => i.WorkflowId == null || i.WorkflowId == workflowId)
            .OrderBy(i => i.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    /// <summary>The integration, to be changed, or null.</summary>
    public static IntegrationRow? Find(StudioWrite write, Tenant tenant, Guid id) => Of(write.Db, tenant).SingleOrDefault(i => i.Id == id);

    /// <summary>Adds an integration.</summary>
    public static void Add(StudioWrite write, IntegrationRow row) => write.Db.Add(row);

    /// <summary>Removes an integration and its secrets.</summary>
    public static void Remove(StudioWrite write, IntegrationRow row) => write.Db.Remove(row);

    private Integration Read(IntegrationRow row) => new(row.Id, row.Name, row.Kind, row.WorkflowId,
        protector.Unprotect(row.ProtectedConfig) is { } config ? JsonElement.Parse(config) : default);

    private static IQueryable<IntegrationRow> Of(StudioDbContext db, Tenant tenant) =>
        db.Set<IntegrationRow>().Where(i => i.WorkspaceId == tenant.WorkspaceId && i.Environment == tenant.Environment);
}
