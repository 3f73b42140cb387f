using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>What workspaces hold, for whoever looks after the server.</summary>
public sealed class WorkspaceOverviews(IDbContextFactory<StudioDbContext> contexts, IOpenTimes hours)
{
    private const int LastFailures = 3;

    /// <summary>All workspaces, oldest first.</summary>
    public async Task<IReadOnlyList<WorkspaceOverview>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = new List<WorkspaceOverview>();
        foreach (var workspace in await db.Workspaces.OrderBy(w => w.Id).ToListAsync(cancellationToken))
            all.Add(await OfAsync(db, workspace, cancellationToken));
        return all;
    }

    private async Task<WorkspaceOverview> OfAsync(StudioDbContext db, WorkspaceRow workspace, CancellationToken cancellationToken)
    {
        var id = workspace.Id;
        return new WorkspaceOverview(workspace.Slug, workspace.TimeZone, workspace.CaptureUntilConnected)
        {
            Workflows = await db.Workflows.CountAsync(w => w.WorkspaceId == id && w.DeletedAt == null, cancellationToken),
            Keys = await db.ApiKeys.CountAsync(k => k.WorkspaceId == id && k.RevokedAt == null, cancellationToken),
            Members = await db.Members.CountAsync(m => m.WorkspaceId == id, cancellationToken),
            Connections = await db.Connections.Where(c => c.WorkspaceId == id).OrderBy(c => c.Environment).ThenBy(c => c.Kind)
                .ThenBy(c => c.Name).ToListAsync(cancellationToken),
            Hours = await hours.OfAsync(new Tenant(id, StudioEnvironment.Live), cancellationToken),
            Failures = await FailuresAsync(db, id, cancellationToken),
        };
    }

    // the status as a literal: only then its index is used
    private static async Task<IReadOnlyList<FailedRun>> FailuresAsync(
        StudioDbContext db, Guid workspace, CancellationToken cancellationToken) =>
        await db.Runs.Where(r => r.WorkspaceId == workspace && r.Environment == StudioEnvironment.Live && r.Status == RunStatus.Failed
            && !r.IsTest)
            .OrderByDescending(r => r.Id).Take(LastFailures)
            .Join(db.Workflows, r => r.WorkflowId, w => w.Id,
                (r, w) => new FailedRun(r.Id, w.Name, r.FinishedAt ?? r.CreatedAt, r.CurrentNode, r.ErrorCode ?? ""))
            .ToListAsync(cancellationToken);
}

/// <summary>A workspace and what it holds.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="TimeZone">Its IANA zone.</param>
/// <param name="Captures">In the live environment: what has no connection is kept in the outbox instead of failing the step.</param>
public sealed record WorkspaceOverview(string Slug, string TimeZone, bool Captures)
{
    /// <summary>How many workflows it has, drafts included.</summary>
    public int Workflows { get; init; }

    /// <summary>How many keys of it are valid.</summary>
    public int Keys { get; init; }

    /// <summary>How many people belong to it.</summary>
    public int Members { get; init; }

    /// <summary>The connections of both environments, the live ones first.</summary>
    public IReadOnlyList<ConnectionRow> Connections { get; init; } = [];

    /// <summary>When it is open, in the live environment.</summary>
    public OpeningTimes Hours { get; init; } = new([]);

    /// <summary>The last runs of the live environment that failed.</summary>
    public IReadOnlyList<FailedRun> Failures { get; init; } = [];
}

/// <summary>A run that failed.</summary>
public sealed record FailedRun(Guid Id, string Workflow, DateTimeOffset At, string? Node, string Code);
