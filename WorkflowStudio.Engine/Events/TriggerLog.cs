using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Events;

/// <summary>What triggers did in the last seven days.</summary>
public sealed class TriggerLog(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>How long it tells of a firing.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(7);

    /// <summary>
    /// At most <paramref name="count"/> lines of a workflow, which is the caller's, behind <paramref name="before"/>, newest first; of one
    /// outcome, or of both.
    /// </summary>
    public async Task<IReadOnlyList<TriggerLogRow>> ReadAsync(
        Guid workflowId, TriggerOutcome? only, long? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var behind = before ?? long.MaxValue;
        var lines = new List<TriggerLogRow>();
        foreach (var outcome in only is { } one ? [one] : Enum.GetValues<TriggerOutcome>()) // each from the index, however rare it is
            lines.AddRange(await db.TriggerLog.AsNoTracking()
                .Where(t => t.WorkflowId == workflowId && t.Outcome == outcome && t.Id < behind)
                .OrderByDescending(t => t.Id).Take(count).ToListAsync(cancellationToken));
        return [.. lines.OrderByDescending(t => t.Id).Take(count)];
    }

    /// <summary>At most <paramref name="count"/> lines of all workflows that are seen, newest first.</summary>
    public async Task<IReadOnlyList<TriggerLogRow>> ReadAsync(
        Seen seen, TriggerLogFilter filter, long? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (tenant, behind) = (seen.Tenant, before ?? long.MaxValue);
        var lines = db.TriggerLog.AsNoTracking()
            .Where(t => t.WorkspaceId == tenant.WorkspaceId && t.Environment == tenant.Environment && t.Id < behind);
        if (filter.EventId is { } id) lines = lines.Where(t => t.EventId == id);
        if (filter.Event is { } name) lines = lines.Where(t => t.Event == name);
        if (filter.WorkflowId is { } workflow) lines = lines.Where(t => t.WorkflowId == workflow);
        if (filter.Outcome is { } outcome) lines = lines.Where(t => t.Outcome == outcome);
        if (!seen.Sight.SeesAll) lines = lines.Where(t => db.SeenWorkflows(seen.Sight).Any(w => w.Id == t.WorkflowId));
        return await lines.OrderByDescending(t => t.Id).Take(count).ToListAsync(cancellationToken);
    }
}

/// <summary>Which lines of the trigger log are asked for; null asks for all.</summary>
/// <param name="WorkflowId">Of one workflow.</param>
/// <param name="Event">Of events of one name.</param>
/// <param name="EventId">Of one event.</param>
/// <param name="Outcome">Of one outcome.</param>
public sealed record TriggerLogFilter(
    Guid? WorkflowId = null, string? Event = null, string? EventId = null, TriggerOutcome? Outcome = null);

/// <summary>Adds to the trigger log.</summary>
public static class TriggerLogWrites
{
    /// <summary>Remembers what a trigger did.</summary>
    public static void Log(this StudioWrite write, TriggerLogRow line) => write.Db.Add(line);
}
