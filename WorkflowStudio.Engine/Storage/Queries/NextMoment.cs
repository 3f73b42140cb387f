using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>Finds when something comes by itself next: a run goes on, or a schedule fires.</summary>
public sealed class NextMoment(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The moment; null when nothing comes.</summary>
    public async Task<DateTimeOffset?> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.Where(r => r.WakeAt != null).OrderBy(r => r.WakeAt).Select(r => r.WakeAt).FirstOrDefaultAsync(cancellationToken);
        var schedule = await db.Schedules.Where(s => s.NextFireAt != null && s.Enabled && s.WorkflowOn).OrderBy(s => s.NextFireAt).Select(s => s.NextFireAt).FirstOrDefaultAsync(cancellationToken);
        return run is null || schedule < run ? schedule : run;
    }
}
