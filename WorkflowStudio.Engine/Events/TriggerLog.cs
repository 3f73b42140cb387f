using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Events;

/// <summary>What triggers did in the last seven days.</summary>
public sealed class TriggerLog(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>How long it tells of a firing.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(7);

    /// <summary>
    /// At most <paramref name="count"/> lines of a workflow behind <paramref name="before"/>, newest first; of one outcome, or of both.
    /// </summary>
    public async Task<IReadOnlyList<TriggerLogRow>> ReadAsync(
        Tenant tenant, Guid workflowId, TriggerOutcome? only, long? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var behind = before ?? long.MaxValue;
        var lines = new List<TriggerLogRow>();
        foreach (var outcome in only is { } one ? [one] : Enum.GetValues<TriggerOutcome>()) // each from the index, however rare it is
            lines.AddRange(await db.TriggerLog.AsNoTracking()
                .Where(t => t.WorkflowId == workflowId && t.Outcome == outcome && t.Id < behind && t.WorkspaceId == tenant.WorkspaceId
                    && t.Environment == tenant.Environment)
                .OrderByDescending(t => t.Id).Take(count).ToListAsync(cancellationToken));
        return [.. lines.OrderByDescending(t => t.Id).Take(count)];
    }
}

/// <summary>Adds to the trigger log.</summary>
public static class TriggerLogWrites
{
    /// <summary>Remembers what a trigger did.</summary>
    public static void Log(this StudioWrite write, TriggerLogRow line) => write.Db.Add(line);
}
