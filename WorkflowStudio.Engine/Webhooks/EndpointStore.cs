using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// Reads endpoints and their deliveries. Those of other tenants are not there, nor those of a workflow that is not seen.
/// </summary>
public sealed class EndpointStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The longest page of deliveries.</summary>
    public const int MaxPage = 100;

    /// <summary>The endpoints, oldest first; at most <see cref="EndpointRules.Most"/>.</summary>
    public async Task<IReadOnlyList<EndpointRow>> ListAsync(Seen seen, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Endpoints.AsNoTracking().Of(db, seen).OrderBy(e => e.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The endpoint, or null.</summary>
    public async Task<EndpointRow?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Endpoints.AsNoTracking().Of(db, seen).SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
    }

    /// <summary>
    /// The deliveries of an endpoint, newest first. A page is cut by what came before it, so the thousandth costs what the first does.
    /// </summary>
    /// <param name="endpointId">The endpoint, which is the caller's.</param>
    /// <param name="sight">Whose eyes look: what is of a workflow that they do not see is not there.</param>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="before">Only those older than this one; null begins with the newest.</param>
    /// <param name="size">1 to <see cref="MaxPage"/>, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The page, and whether there are older ones.</returns>
    public async Task<(IReadOnlyList<DeliveryRow> Rows, bool AndMore)> DeliveriesAsync(
        Guid endpointId, Sight sight, DeliveryState? state, Guid? before, int size, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(size, 1, MaxPage);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Deliveries.AsNoTracking().Where(d => d.EndpointId == endpointId).SeenBy(db, sight);
        if (state is { } only) rows = rows.Where(d => d.State == only);
        if (before is { } last) rows = rows.Where(d => d.Id.CompareTo(last) < 0);
        var page = await rows.OrderByDescending(d => d.Id).Take(count + 1).ToListAsync(cancellationToken);
        return page.Count > count ? (page[..count], true) : (page, false);
    }
}
