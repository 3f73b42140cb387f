using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;

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
    private long changes;

    public EndpointListeners(IDbContextFactory<StudioDbContext> contexts, NodeNews news)
    {
        (this.contexts, this.news) = (contexts, news);
        news.Changed += (kind, id) =>
        {
            if (kind == Changed) Drop(id);
        };
        news.Missed += DropAll;
    }

    /// <summary>Those of the tenant. Read beside the writing the first time; waits for nothing.</summary>
    public Listeners Of(Tenant tenant) => known.TryGetValue(tenant, out var listeners) ? listeners : Load(tenant);

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

    private Listeners Load(Tenant tenant)
    {
        var before = Interlocked.Read(ref changes);
        using var db = contexts.CreateDbContext();
        Listener[] all = [.. db.Endpoints.AsNoTracking().Of(tenant).Where(e => e.IsOn).OrderBy(e => e.Id)
            .Select(e => new Listener(e.Id, e.WorkflowId, e.Dialect, e.Events))];
        var listeners = all.Length == 0 ? Listeners.None : new Listeners(all);
        if (known.Count >= Most) known.Clear();
        // what was read before a change must not be kept after it
        known[tenant] = listeners;
        if (Interlocked.Read(ref changes) != before) known.TryRemove(tenant, out _);
        return listeners;
    }
}

/// <summary>Those who listen in one tenant.</summary>
internal sealed class Listeners(Listener[] all)
{
    public static Listeners None { get; } = new([]);

    public Listener[] All => all;

    /// <summary>What at least one of them hears of.</summary>
    public Happenings Hear { get; } = all.Aggregate(Happenings.None, (some, l) => some | l.Events);
}

/// <summary>An endpoint that is on.</summary>
internal sealed record Listener(Guid EndpointId, Guid? WorkflowId, WebhookDialect Dialect, Happenings Events);
