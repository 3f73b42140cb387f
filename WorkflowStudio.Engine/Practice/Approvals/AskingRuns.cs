using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Approvals;

/// <summary>Which runs ask somebody: what a run waits for stands in no header of it.</summary>
public sealed class AskingRuns(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>
    /// Those among the waiting runs of a tenant that have an open approval. One look through the open approvals, not one for each run.
    /// </summary>
    public async Task<IReadOnlySet<Guid>> AmongAsync(Tenant tenant, IReadOnlyList<Guid> waiting, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0) return new HashSet<Guid>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var asking = db.Approvals.AsNoTracking().Of(tenant).Where(a => a.Status == ApprovalStatus.Open && waiting.Contains(a.RunId));
        return (await asking.Select(a => a.RunId).Distinct().ToListAsync(cancellationToken)).ToHashSet();
    }
}
