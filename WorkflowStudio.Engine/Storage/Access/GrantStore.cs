using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Access;

/// <summary>How workflows stand to whoever asks, and what was granted of them.</summary>
public sealed class GrantStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>
    /// How a workflow of the workspace stands to somebody, a deleted one, too; null when there is none that they see. One query, whatever
    /// comes of it.
    /// </summary>
    public async Task<WorkflowStanding?> StandingAsync(
        Guid workspaceId, Guid workflowId, Sight sight, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Standings(db, workspaceId, sight).SingleOrDefaultAsync(s => s.WorkflowId == workflowId, cancellationToken);
    }

    /// <summary>Which of these workflows somebody sees.</summary>
    public async Task<IReadOnlySet<Guid>> AmongAsync(
        IReadOnlyCollection<Guid> workflowIds, Sight sight, CancellationToken cancellationToken)
    {
        if (sight.SeesAll || workflowIds.Count == 0) return workflowIds.ToHashSet();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.SeenWorkflows(sight).Where(w => workflowIds.Contains(w.Id)).Select(w => w.Id).ToListAsync(cancellationToken))
            .ToHashSet();
    }

    /// <summary>The workflow of each of these runs.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> WorkflowsOfAsync(
        IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken)
    {
        if (runIds.Count == 0) return new Dictionary<Guid, Guid>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Runs.Where(r => runIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.WorkflowId, cancellationToken);
    }

    /// <summary>All grants of a workflow.</summary>
    public async Task<IReadOnlyList<GrantRow>> OfAsync(Guid workflowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Grants.AsNoTracking().Where(g => g.WorkflowId == workflowId).OrderBy(g => g.IsRole).ThenBy(g => g.GranteeId)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The grants of several workflows, for lists.</summary>
    public async Task<ILookup<Guid, GrantRow>> OfAllAsync(IReadOnlyCollection<Guid> workflowIds, CancellationToken cancellationToken)
    {
        if (workflowIds.Count == 0) return Array.Empty<GrantRow>().ToLookup(g => g.WorkflowId);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Grants.AsNoTracking().Where(g => workflowIds.Contains(g.WorkflowId)).ToListAsync(cancellationToken))
            .ToLookup(g => g.WorkflowId);
    }

    /// <summary>The same as <see cref="StandingAsync"/> inside a piece of writing.</summary>
    public static WorkflowStanding? Standing(StudioWrite write, Guid workspaceId, Guid workflowId, Sight sight) =>
        Standings(write.Db, workspaceId, sight).SingleOrDefault(s => s.WorkflowId == workflowId);

    /// <summary>The grants of a workflow, to be changed.</summary>
    public static IReadOnlyList<GrantRow> Of(StudioWrite write, Guid workflowId) =>
        write.Db.Grants.Where(g => g.WorkflowId == workflowId).ToList();

    /// <summary>Adds a grant.</summary>
    public static void Add(StudioWrite write, GrantRow grant) => write.Db.Add(grant);

    /// <summary>Takes a grant away.</summary>
    public static void Remove(StudioWrite write, GrantRow grant) => write.Db.Remove(grant);

    private static IQueryable<WorkflowStanding> Standings(StudioDbContext db, Guid workspaceId, Sight sight)
    {
        var grantees = sight.Grantees.ToArray();
        return db.SeenWorkflows(sight).Where(w => w.WorkspaceId == workspaceId).Select(w => new WorkflowStanding
        {
            WorkflowId = w.Id,
            Visibility = w.Visibility,
            OwnerId = w.OwnerId,
            OwnerKeyId = w.OwnerKeyId,
            Granted = db.Grants.Where(g => g.WorkflowId == w.Id && grantees.Contains(g.GranteeId)).Max(g => (GrantLevel?)g.Level),
        });
    }
}

/// <summary>How a workflow stands to somebody who sees it.</summary>
public sealed record WorkflowStanding
{
    /// <summary>The workflow.</summary>
    public Guid WorkflowId { get; init; }

    /// <summary>Who sees it.</summary>
    public WorkflowVisibility Visibility { get; init; }

    /// <summary>Whose it is.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The key whose it is.</summary>
    public Guid? OwnerKeyId { get; init; }

    /// <summary>The most that was granted to them; it counts while the workflow is shared.</summary>
    public GrantLevel? Granted { get; init; }

    /// <summary>The same of a row, without what was granted.</summary>
    public static WorkflowStanding Of(WorkflowRow row) =>
        new() { WorkflowId = row.Id, Visibility = row.Visibility, OwnerId = row.OwnerId, OwnerKeyId = row.OwnerKeyId };
}
