using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Events;

/// <summary>What triggers did in the last seven days.</summary>
public sealed class TriggerLog(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The lines of a workflow behind <paramref name="before"/>, newest first.</summary>
    public async Task<IReadOnlyList<TriggerLogRow>> ReadAsync(Tenant tenant, Guid workflowId, long? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TriggerLog.AsNoTracking()
            .Where(t => t.WorkflowId == workflowId && t.WorkspaceId == tenant.WorkspaceId && t.Environment == tenant.Environment && (before == null || t.Id < before))
            .OrderByDescending(t => t.Id).Take(count).ToListAsync(cancellationToken);
    }
}

/// <summary>Adds to the trigger log.</summary>
public static class TriggerLogWrites
{
    /// <summary>Remembers what a trigger did.</summary>
    public static void Log(this StudioWrite write, TriggerLogRow line) => write.Db.Add(line);
}
