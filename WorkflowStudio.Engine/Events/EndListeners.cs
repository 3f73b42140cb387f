using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Events;

/// <summary>
/// Whether anybody listens for the ends of runs, kept in memory: it is asked for every run of every tenant. That nobody does is never kept
/// longer than it is so: whoever changes a workflow that starts by an event makes every node forget its workspace after the commit.
/// </summary>
internal sealed class EndListeners
{
    /// <summary>The kind of a change to the workflows of a workspace that start by events, see <see cref="NodeNews"/>.</summary>
    public const string Changed = "events";

    private const int Most = 10_000;

    private readonly NodeNews news;
    private readonly ConcurrentDictionary<Tenant, RunEnds> known = new();
    private long changes;

    public EndListeners(NodeNews news)
    {
        this.news = news;
        news.Changed += (kind, workspaceId) =>
        {
            if (kind == Changed) Drop(workspaceId);
        };
        news.Missed += DropAll;
    }

    /// <summary>Whether an end may start something in the tenant: false where it is known that nobody listens.</summary>
    public bool MayHear(Tenant tenant) => !known.TryGetValue(tenant, out var ends) || ends != RunEnds.None;

    /// <summary>Which ends somebody in the tenant listens for. Read in the transaction the first time.</summary>
    public RunEnds Of(WriteSession session, Tenant tenant) => known.TryGetValue(tenant, out var ends) ? ends : Load(session, tenant);

    /// <summary>To be called after a change is durable: every node forgets those of the workspace.</summary>
    public void Forget(Guid workspaceId) => news.TellChanged(Changed, workspaceId);

    /// <summary>Nobody heard what somebody was thought to listen for: it is read again.</summary>
    public void Doubt(Tenant tenant) => known.TryRemove(tenant, out _);

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

    private RunEnds Load(WriteSession session, Tenant tenant)
    {
        var before = Interlocked.Read(ref changes);
        var ends = session.WithContext(write => Names(write.Db, tenant).ToList().Aggregate(RunEnds.None, (some, n) => some | End(n)));
        session.AfterCommit(() => Keep(tenant, ends, before)); // the transaction may be undone, and with it what was read
        return ends;
    }

    private void Keep(Tenant tenant, RunEnds ends, long before)
    {
        if (known.Count >= Most) known.Clear();
        known[tenant] = ends;
        // what was read before a change must not be kept after it
        if (Interlocked.Read(ref changes) != before) known.TryRemove(tenant, out _);
    }

    private static IQueryable<string?> Names(StudioDbContext db, Tenant tenant) => EventTriggers.Active(db, tenant)
        .Where(w => w.TriggerEvent == KnownEvents.WorkflowCompleted || w.TriggerEvent == KnownEvents.WorkflowFailed
            || w.TriggerEvent == KnownEvents.SequenceCompleted)
        .Select(w => w.TriggerEvent).Distinct();

    private static RunEnds End(string? name) => name switch
    {
        KnownEvents.WorkflowCompleted => RunEnds.Completed,
        KnownEvents.WorkflowFailed => RunEnds.Failed,
        _ => RunEnds.Sequence,
    };
}

/// <summary>Ends of runs that somebody listens for.</summary>
[Flags]
internal enum RunEnds
{
    None = 0,

    /// <summary>A run ended well.</summary>
    Completed = 1,

    /// <summary>A run failed.</summary>
    Failed = 2,

    /// <summary>A run of a sequence ended well.</summary>
    Sequence = 4,
}
