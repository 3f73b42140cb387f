using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Versions and workspaces for the engine.</summary>
internal sealed class VersionStore : IVersionStore
{
    private const int Most = 1_000;

    // news of a change can be lost between nodes
    private const int LongestKept = 2_000;

    private readonly IDbContextFactory<StudioDbContext> contexts;
    private readonly IOpenTimes? hours;
    private readonly ConcurrentDictionary<long, StoredVersion> kept = new();
    private readonly ConcurrentDictionary<(Tenant, string), (ActiveWorkflow Workflow, long Until)> active = new();
    private long changes;

    public VersionStore(IDbContextFactory<StudioDbContext> contexts, NodeNews news, IOpenTimes? hours = null)
    {
        (this.contexts, this.hours) = (contexts, hours);
        news.Changed += (kind, _) =>
        {
            if (kind == NodeNews.Workflow) ForgetActive();
        };
        news.Missed += ForgetActive;
    }

    // versions never change, and whoever polls a run asks for its version each time
    public async Task<StoredVersion?> FindVersionAsync(long serial, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue(serial, out var known)) return known;
        if (await ReadVersionAsync(serial, cancellationToken) is not { } version) return null;
        if (kept.Count >= Most) kept.Clear();
        return kept.GetOrAdd(serial, version);
    }

    // runs that start others ask for the same few again and again
    public async Task<ActiveWorkflow?> FindActiveAsync(Tenant tenant, string reference, CancellationToken cancellationToken)
    {
        if (active.TryGetValue((tenant, reference), out var known) && Environment.TickCount64 < known.Until) return known.Workflow;
        var before = Interlocked.Read(ref changes);
        if (await ReadActiveAsync(tenant, reference, cancellationToken) is not { } found) return null;
        if (active.Count >= Most) active.Clear();
        active[(tenant, reference)] = (found, Environment.TickCount64 + LongestKept);
        // what was read before a change must not be kept after it
        if (Interlocked.Read(ref changes) != before) active.TryRemove((tenant, reference), out _);
        return found;
    }

    private void ForgetActive()
    {
        Interlocked.Increment(ref changes);
        active.Clear();
    }

    private async Task<ActiveWorkflow?> ReadActiveAsync(Tenant tenant, string reference, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = db.Workflows.Where(w => w.WorkspaceId == tenant.WorkspaceId && w.Environment == tenant.Environment
            && w.DeletedAt == null);
        own = ShownId.TryRead(reference, out var id) ? own.Where(w => w.Id == id
            || w.Slug == reference).OrderBy(w => w.Id == id ? 0 : 1) : own.Where(w => w.Slug == reference);
        return await own.Select(w => new ActiveWorkflow(w.Id, w.Name, w.ActiveSerial, w.Status)).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<WorkspaceFacts?> FindWorkspaceAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var facts = await db.Workspaces.Where(w => w.Id == tenant.WorkspaceId)
            .Select(w => new WorkspaceFacts(w.Id, w.Name, w.TimeZone, w.Phone, w.Address)).SingleOrDefaultAsync(cancellationToken);
        return facts is null || hours is null ? facts : facts with { Open = await hours.OfAsync(tenant, cancellationToken) };
    }

    private async Task<StoredVersion?> ReadVersionAsync(long serial, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Versions.Where(v => v.Serial == serial)
            .Join(db.Workflows, v => v.WorkflowId, w => w.Id, (v, w) => new { v, w.Name, w.Environment })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new StoredVersion(serial, found.v.WorkflowId, found.Name, found.v.Number, StoredDefinitions.Definition(found.v.Definition),
                StoredDefinitions.Editor(found.v.EditorState))
            { Environment = found.Environment };
    }
}
