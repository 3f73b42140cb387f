using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// Who listens to what, kept in memory: it is asked for every append of every run. Whoever changes an endpoint makes every node forget its
/// workspace after the commit.
/// </summary>
internal sealed class EndpointListeners
{
    /// <summary>The kind of a change to the endpoints of a workspace, see <see cref="NodeNews"/>.</summary>
    public const string Changed = "endpoints";

    private const int Most = 10_000;

    private readonly IDbContextFactory<StudioDbContext> contexts;
    private readonly NodeNews news;
    private readonly ConcurrentDictionary<Tenant, Listeners> known = new();
    private Stamp? seen;
    private Dictionary<Guid, HashSet<Guid>> hid = [];
    private long changes;

    public EndpointListeners(IDbContextFactory<StudioDbContext> contexts, NodeNews news)
    {
        (this.contexts, this.news) = (contexts, news);
        news.Changed += (kind, id) =>
        {
            if (kind is Changed or NodeNews.Sight) Drop(id);
        };
        news.Missed += DropAll;
    }

    /// <summary>
    /// Those of the tenant. Read in the transaction the first time, by its own connection: a writer stands in no line for another one.
    /// </summary>
    public Listeners Of(WriteSession session, Tenant tenant) =>
        known.TryGetValue(tenant, out var listeners) ? listeners : Load(session, tenant);

    /// <summary>
    /// Looks whether somebody has changed an endpoint, or who sees a workflow, and could not tell: a command beside the server, a node
    /// whose news were lost.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.Endpoints.GroupBy(_ => 1).Select(e => new Stamp(e.Count(), e.Max(x => x.UpdatedAt)))
            .SingleOrDefaultAsync(cancellationToken);
        // who sees a workflow leaves no mark on any row
        var (before, hidBefore) = (seen, hid);
        (seen, hid) = (now, now is null ? [] : await HiddenAsync(db, cancellationToken));
        if (now != before) DropAll();
        else
            foreach (var workspace in hid.Keys.Union(hidBefore.Keys).ToList())
                if (!hid.TryGetValue(workspace, out var one) || !hidBefore.TryGetValue(workspace, out var other) || !one.SetEquals(other))
                    Drop(workspace);
    }

    // what not everybody sees, of the workspaces that have an endpoint which hears of everything
    private static async Task<Dictionary<Guid, HashSet<Guid>>> HiddenAsync(StudioDbContext db, CancellationToken cancellationToken)
    {
        var endpoints = db.Endpoints.AsQueryable();
        var hidden = await db.Workflows.Where(w => w.Visibility != WorkflowVisibility.Tenant
                && endpoints.Any(e => e.WorkspaceId == w.WorkspaceId && e.IsOn && e.WorkflowId == null))
            .Select(w => new { w.WorkspaceId, w.Id }).ToListAsync(cancellationToken);
        return hidden.GroupBy(w => w.WorkspaceId).ToDictionary(g => g.Key, g => g.Select(w => w.Id).ToHashSet());
    }

    /// <summary>To be called after a change is durable: every node forgets those of the workspace.</summary>
    public void Forget(Guid workspaceId) => news.TellChanged(Changed, workspaceId);

    private void Drop(Guid workspaceId)
    {
        Interlocked.Increment(ref changes);
        known.TryRemove(new Tenant(workspaceId, StudioEnvironment.Live), out _);
        known.TryRemove(new Tenant(workspaceId, StudioEnvironment.Test), out _);
    }

    private void DropAll()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }

    private Listeners Load(WriteSession session, Tenant tenant)
    {
        var before = Interlocked.Read(ref changes);
        var all = session.Journal.Deliveries.Listening(
            tenant, (id, workflow, dialect, events) => new Listener(id, workflow, (WebhookDialect)dialect, (Happenings)events));
        var listeners = all.Count == 0 ? Listeners.None : new Listeners([.. all], session.Journal.Deliveries.Hidden(tenant.WorkspaceId));
        // the transaction may be undone, and with it what was read
        session.AfterCommit(() => Keep(tenant, listeners, before));
        return listeners;
    }

    private void Keep(Tenant tenant, Listeners listeners, long before)
    {
        if (known.Count >= Most) known.Clear();
        // what was read before a change must not be kept after it
        known[tenant] = listeners;
        if (Interlocked.Read(ref changes) != before) known.TryRemove(tenant, out _);
    }

    /// <summary>What every change of an endpoint changes.</summary>
    private sealed record Stamp(int Count, DateTimeOffset UpdatedAt);
}

/// <summary>
/// Those who listen in one tenant. Who listens to the whole tenant hears of what everybody there sees: of other workflows an endpoint of
/// their own does.
/// </summary>
internal sealed class Listeners(Listener[] all, IReadOnlyList<Guid> hidden)
{
    private readonly FrozenSet<Guid> hidden = hidden.ToFrozenSet();

    public static Listeners None { get; } = new([], []);

    public Listener[] All => all;

    /// <summary>What at least one of them hears of.</summary>
    public Happenings Hear { get; } = all.Aggregate(Happenings.None, (some, l) => some | l.Events);

    /// <summary>Whether somebody of the tenant does not see a workflow.</summary>
    public bool Hide(Guid workflowId) => hidden.Contains(workflowId);
}

/// <summary>An endpoint that is on.</summary>
internal sealed record Listener(Guid EndpointId, Guid? WorkflowId, WebhookDialect Dialect, Happenings Events);
