using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>Reads documents. One of a workflow that is not seen is not seen either.</summary>
public sealed class DocumentQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>What is known of a document; null when there is none.</summary>
    public async Task<DocumentItem?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, seen, id)
            .Select(d => new DocumentItem(d.Id, d.Name, d.ContentType, d.Size, d.Sha256, d.WorkflowId, d.RunId, d.CreatedAt))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What is in a document; null when there is none.</summary>
    public async Task<byte[]?> ContentAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, seen, id).Select(d => d.Content).FirstOrDefaultAsync(cancellationToken);
    }

    internal static IQueryable<DocumentRow> Of(StudioDbContext db, Seen seen, Guid id)
    {
        var rows = db.Documents.AsNoTracking().Of(seen.Tenant).Where(d => d.Id == id);
        if (seen.Sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(seen.Sight);
        return rows.Where(d => d.WorkflowId == null || workflows.Any(w => w.Id == d.WorkflowId));
    }
}
