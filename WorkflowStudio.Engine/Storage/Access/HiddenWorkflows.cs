using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Storage.Access;

/// <summary>
/// Knows whether a workspace hides any workflow from any of its members: most hide none, and then lists are asked without a condition.
/// Remembered for a second, since a command in another process may hide one; a change that a node makes is known on all of them at once.
/// </summary>
public sealed class HiddenWorkflows
{
    private const int Most = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly IDbContextFactory<StudioDbContext> contexts;
    private readonly NodeNews news;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<Guid, (bool Any, DateTimeOffset Until)> known = new();
    private long changes;

    public HiddenWorkflows(IDbContextFactory<StudioDbContext> contexts, NodeNews news, TimeProvider clock)
    {
        (this.contexts, this.news, this.clock) = (contexts, news, clock);
        news.Changed += (kind, _) =>
        {
            if (kind == NodeNews.Sight) Drop();
        };
        news.Missed += Drop;
    }

    /// <summary>What is seen of a tenant, without a condition where it would hide nothing.</summary>
    public async ValueTask<Seen> OfAsync(Tenant tenant, Sight sight, CancellationToken cancellationToken) =>
        sight.SeesAll || !await AnyAsync(tenant.WorkspaceId, cancellationToken) ? tenant : new Seen(tenant, sight);

    /// <summary>To be called after a change is durable: every node forgets what it knew.</summary>
    public void Forget(Guid workspaceId) => news.TellChanged(NodeNews.Sight, workspaceId);

    private async ValueTask<bool> AnyAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(workspaceId, out var remembered) && now < remembered.Until) return remembered.Any;
        var before = Interlocked.Read(ref changes);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // as the index has it
        var any = await db.Workflows.AnyAsync(w => w.WorkspaceId == workspaceId && w.Visibility != WorkflowVisibility.Tenant,
            cancellationToken);
        if (known.Count >= Most) known.Clear();
        known[workspaceId] = (any, now + Life);
        if (Interlocked.Read(ref changes) != before) known.Clear(); // what was read before a change must not be kept after it
        return any;
    }

    private void Drop()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }
}
