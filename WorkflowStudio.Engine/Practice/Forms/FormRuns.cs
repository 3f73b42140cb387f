using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>
/// What was sent by the forms of the studio is counted by its rows. Forms elsewhere have none: what they send starts runs, and those are
/// counted. Both by the time in their ids; a run that a form of the studio has started is not counted a second time.
/// </summary>
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
        var own = db.FormRuns;
        var posted =
            from r in runs
            join w in db.Workflows on r.WorkflowId equals w.Id
            where !r.IsTest && r.RetryOf == null && w.Visibility == WorkflowVisibility.Tenant
                && (r.Cause == "webhook" || (r.Cause == "event" && w.TriggerEvent == IFormFigures.Submitted))
                && !own.Any(f => f.RunId == r.Id)
            orderby r.Id descending
            select new { w.Id, w.Name, r.Cause, r.CreatedAt };
        var counts = await posted.Take(IFormFigures.MostCounted).GroupBy(p => new { p.Id, p.Name, p.Cause })
            .Select(g => new
            { g.Key.Id, g.Key.Name, g.Key.Cause, Count = g.Count(), First = g.Min(p => p.CreatedAt), Last = g.Max(p => p.CreatedAt) })
            .ToListAsync(cancellationToken);
        var sent = await SentAsync(db, tenant, period, cancellationToken);
        return new FormFigures(
            period,
            [
                .. sent.Select(s => new FormCount(null, s.Name, true, s.Count, s.First.On(zone), s.Last.On(zone)) { FormId = s.Id })
                    .OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.FormId),
            ],
            [
                .. counts.Select(c => new FormCount(c.Id, c.Name, c.Cause == "event", c.Count, c.First.On(zone), c.Last.On(zone)))
                    .OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.WorkflowId),
            ],
            counts.Sum(c => c.Count) >= IFormFigures.MostCounted || sent.Sum(s => s.Count) >= IFormFigures.MostCounted);
    }

    private static Task<List<Sent>> SentAsync(StudioDbContext db, Tenant tenant, Period period, CancellationToken cancellationToken)
    {
        var submissions = db.FormSubmissions.AsNoTracking().Of(tenant);
        if (period.From is { } from) submissions = submissions.Where(s => s.Id >= TimeOrderedId.FirstAt(from));
        if (period.Before is { } before) submissions = submissions.Where(s => s.Id < TimeOrderedId.FirstAt(before));
        return (
            from s in submissions.OrderByDescending(s => s.Id).Take(IFormFigures.MostCounted)
            join f in db.Forms on s.FormId equals f.Id
            group s by new { f.Id, f.Name } into g
            select new Sent(g.Key.Id, g.Key.Name, g.Count(), g.Min(s => s.CreatedAt), g.Max(s => s.CreatedAt)))
            .ToListAsync(cancellationToken);
    }

    private sealed record Sent(Guid Id, string Name, int Count, DateTimeOffset First, DateTimeOffset Last);
}
