using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Reads what runs have done, for pages and API clients.</summary>
public sealed class RunHistory(IDbContextFactory<StudioDbContext> contexts, IReadConnections connections)
{
    /// <summary>The header of a run; null when the tenant has none of this id.</summary>
    public async Task<RunRow?> HeaderAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Runs.SingleOrDefaultAsync(r => r.Id == runId && r.WorkspaceId == tenant.WorkspaceId && r.Environment == tenant.Environment, cancellationToken);
    }

    /// <summary>The journal of a run after a place in it, in order, at most <paramref name="limit"/> entries. The caller has checked whose run it is.</summary>
    public async Task<IReadOnlyList<JournalEntry>> EntriesAsync(Guid runId, long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        return await JournalReading.EntriesAsync(connection, runId, after, limit, cancellationToken);
    }
}
