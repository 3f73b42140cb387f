using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>Forms have no rows of their own: what they send starts runs, and those are counted, by the time in their ids.</summary>
internal sealed class FormRuns(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock) : IFormFigures
{
    public async Task<FormFigures> CountAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        var period = range.At(clock.GetUtcNow(), zone);
        var runs = db.Runs.AsNoTracking().Where(r => r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment);
        if (period.From is { } from) runs = runs.Where(r => r.Id >= TimeOrderedId.FirstAt(from));
        if (period.Before is { } before) runs = runs.Where(r => r.Id < TimeOrderedId.FirstAt(before));
        var posted =
            from r in runs
            join w in db.Workflows on r.WorkflowId equals w.Id
            where !r.IsTest && r.RetryOf == null && w.Visibility == WorkflowVisibility.Tenant
                && (r.Cause == "webhook" || (r.Cause == "event" && w.TriggerEvent == IFormFigures.Submitted))
            orderby r.Id descending
            select new { w.Id, w.Name, r.Cause, r.CreatedAt };
        var counts = await posted.Take(IFormFigures.MostCounted).GroupBy(p => new { p.Id, p.Name, p.Cause })
            .Select(g => new
            { g.Key.Id, g.Key.Name, g.Key.Cause, Count = g.Count(), First = g.Min(p => p.CreatedAt), Last = g.Max(p => p.CreatedAt) })
            .ToListAsync(cancellationToken);
        return new FormFigures(
            period,
            [
                .. counts.Select(c => new FormCount(c.Id, c.Name, c.Cause == "event", c.Count, c.First.On(zone), c.Last.On(zone)))
                    .OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.WorkflowId),
            ],
            counts.Sum(c => c.Count) >= IFormFigures.MostCounted);
    }
}
