using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>Finds when something comes by itself next: runs go on, or a schedule fires.</summary>
public sealed class NextMoment(IDbContextFactory<StudioDbContext> contexts)
{
    private const int Some = 64;

    /// <summary>The moment and what comes then; null when nothing does.</summary>
    public async Task<Coming?> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await db.Runs.Where(r => r.WakeAt != null).OrderBy(r => r.WakeAt).ThenBy(r => r.Id).Take(Some)
            .Select(r => new { r.Id, r.WakeAt }).ToListAsync(cancellationToken);
        var fires = await db.Schedules.Where(s => s.NextFireAt != null && s.Enabled && s.WorkflowOn).OrderBy(s => s.NextFireAt)
            .Select(s => s.NextFireAt).FirstOrDefaultAsync(cancellationToken);
        if (runs.Count == 0 && fires is null) return null;
        var at = runs.Count == 0 || fires < runs[0].WakeAt ? fires!.Value : runs[0].WakeAt!.Value;
        return new Coming(at, [.. runs.Where(r => r.WakeAt <= at).Select(r => r.Id)], fires <= at);
    }
}

/// <summary>What comes next.</summary>
/// <param name="At">When.</param>
/// <param name="Runs">The runs that go on then.</param>
/// <param name="Fires">Whether a schedule fires then.</param>
public sealed record Coming(DateTimeOffset At, IReadOnlyList<Guid> Runs, bool Fires);
