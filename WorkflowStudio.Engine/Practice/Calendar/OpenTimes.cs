using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>Reads when a practice is open.</summary>
internal sealed class OpenTimes(IDbContextFactory<StudioDbContext> contexts) : IOpenTimes
{
    public async Task<IReadOnlyList<OpenTime>> OfAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await OfAsync(db, tenant, cancellationToken);
    }

    /// <summary>The same, on a context that is there.</summary>
    public static Task<List<OpenTime>> OfAsync(StudioDbContext db, Tenant tenant, CancellationToken cancellationToken) =>
        db.OpeningHours.AsNoTracking().Of(tenant).OrderBy(h => h.Weekday).ThenBy(h => h.FromMinutes)
            .Select(h => new OpenTime(h.Weekday, h.FromMinutes, h.ToMinutes)).ToListAsync(cancellationToken);
}
