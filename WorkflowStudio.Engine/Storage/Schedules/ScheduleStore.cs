using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Schedules;

/// <summary>Reads schedules and what became of their occurrences.</summary>
public sealed class ScheduleStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The schedule, whoever it belongs to; null when there is none.</summary>
    public async Task<StoredSchedule?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(Sight.Everything, q => q.Where(s => s.Id == id), cancellationToken)).SingleOrDefault();

    /// <summary>The tenant's schedule; null when there is none.</summary>
    public async Task<StoredSchedule?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(seen.Sight, q => q.Where(s => s.Id == id && s.WorkspaceId == seen.Tenant.WorkspaceId
            && s.Environment == seen.Tenant.Environment), cancellationToken)).SingleOrDefault();

    /// <summary>The schedule of one of the tenant's workflows; null when it has none.</summary>
    public async Task<StoredSchedule?> OfWorkflowAsync(Seen seen, Guid workflowId, CancellationToken cancellationToken) =>
        (await ReadAsync(seen.Sight, q => q.Where(s => s.WorkflowId == workflowId && s.WorkspaceId == seen.Tenant.WorkspaceId
            && s.Environment == seen.Tenant.Environment), cancellationToken)).SingleOrDefault();

    /// <summary>When these workflows are started next by their schedules; one without a schedule, or whose schedule is off, is not there.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset?>> NextFiresAsync(
        IReadOnlyCollection<Guid> workflowIds, CancellationToken cancellationToken)
    {
        if (workflowIds.Count == 0) return new Dictionary<Guid, DateTimeOffset?>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Schedules.AsNoTracking().Where(s => workflowIds.Contains(s.WorkflowId) && s.NextFireAt != null)
            .ToDictionaryAsync(s => s.WorkflowId, s => s.NextFireAt, cancellationToken);
    }

    /// <summary>The tenant's schedules, the next to fire first, those that are off last.</summary>
    public Task<IReadOnlyList<StoredSchedule>> ListAsync(Seen seen, CancellationToken cancellationToken) =>
        ReadAsync(seen.Sight, q => q.Where(s => s.WorkspaceId == seen.Tenant.WorkspaceId && s.Environment == seen.Tenant.Environment)
            .OrderBy(s => s.NextFireAt == null).ThenBy(s => s.NextFireAt), cancellationToken);

    /// <summary>Every schedule that is on, of everybody.</summary>
    public Task<IReadOnlyList<StoredSchedule>> OnAsync(CancellationToken cancellationToken) =>
        ReadAsync(Sight.Everything, q => q.Where(s => s.WorkflowOn && s.Enabled), cancellationToken);

    /// <summary>What became of a schedule's occurrences, the latest first.</summary>
    /// <param name="id">The schedule.</param>
    /// <param name="missed">Only those that were missed: fired late, skipped, failed.</param>
    /// <param name="before">Only those before; null for all.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ScheduleOccurrenceRow>> OccurrencesAsync(
        Guid id, bool missed, DateTimeOffset? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = db.ScheduleOccurrences.AsNoTracking().Where(o => o.ScheduleId == id);
        if (missed) found = found.Where(o => o.Outcome != OccurrenceOutcome.Fired && o.Outcome != OccurrenceOutcome.Refused);
        if (before is { } end) found = found.Where(o => o.At < end);
        return await found.OrderByDescending(o => o.At).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>How many occurrences of each schedule were missed since a time.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> MissedAsync(
        IReadOnlyCollection<Guid> ids, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ScheduleOccurrences.Where(o => ids.Contains(o.ScheduleId) && o.At >= since && o.Outcome != OccurrenceOutcome.Fired
            && o.Outcome != OccurrenceOutcome.Refused)
            .GroupBy(o => o.ScheduleId).ToDictionaryAsync(g => g.Key, g => g.Sum(o => 1 + o.Earlier), cancellationToken);
    }

    /// <summary>
    /// The workflows whose schedule is not what it should be; none, unless a change went past <see cref="ScheduleKeeper"/>.
    /// </summary>
    internal async Task<IReadOnlyList<Guid>> OutOfStepAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var missing = db.Workflows.Where(w => w.DeletedAt == null && w.TriggerType == ScheduleKeeper.TriggerType && w.ActiveSerial != null
            && !db.Schedules.Any(s => s.WorkflowId == w.Id && s.IsTrigger)).Select(w => w.Id);
        var wrong =
            db.Schedules.Where(s => !db.Workflows.Any(w => w.Id == s.WorkflowId && w.DeletedAt == null && w.ActiveSerial == s.VersionSerial
                && (w.Status == WorkflowStatus.Active) == s.WorkflowOn && (w.TriggerType == ScheduleKeeper.TriggerType) == s.IsTrigger))
                .Select(s => s.WorkflowId);
        return await missing.Union(wrong).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<StoredSchedule>> ReadAsync(
        Sight sight, Func<IQueryable<ScheduleRow>, IQueryable<ScheduleRow>> which, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await which(db.Schedules.AsNoTracking().SeenBy(db, sight))
            .Select(s => new
            {
                Row = s,
                Workflow = db.Workflows.Where(w => w.Id == s.WorkflowId).Select(w => w.Name).First(),
                Zone = db.Workspaces.Where(w => w.Id == s.WorkspaceId).Select(w => w.TimeZone).First(),
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new StoredSchedule(r.Row, r.Workflow, r.Zone))];
    }
}
