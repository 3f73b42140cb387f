using System.Collections.Concurrent;
using System.Collections.Immutable;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>
/// Tells pages and streams of runs what has become durable. Subscribe first, then read the snapshot, then drop what the snapshot already
/// holds by its sequence: nothing is missed, nothing doubled.
/// </summary>
public sealed class RunFeed(NodeNews? news = null) : IRunFeed
{
    private readonly ConcurrentDictionary<Guid, ImmutableArray<RunSubscription>> byRun = new();
    private readonly ConcurrentDictionary<Tenant, ImmutableArray<RunSubscription>> byTenant = new();

    /// <summary>How many runs and tenants are watched.</summary>
    internal int Watched => byRun.Count + byTenant.Count;

    /// <summary>Everything that happens to one run.</summary>
    public RunSubscription Subscribe(Guid runId) => Add(byRun, runId);

    /// <summary>The events of all runs of a tenant that change what lists show: starts, waits, ends.</summary>
    public RunSubscription Subscribe(Tenant tenant) => Add(byTenant, tenant);

    /// <inheritdoc />
    public void Publish(RunIdentity run, IReadOnlyList<JournalEntry> entries)
    {
        Tell(run.RunId, run.Tenant, entries);
        if (news is { HasLink: true } && entries.Count > 0)
            news.TellAppended(run, entries[0].Seq, entries[^1].Seq, entries.Any(e => ChangesLists(e.Event.Kind)));
    }

    /// <summary>Whether anybody here would hear of entries.</summary>
    internal bool Watches(in AppendedNews entries) =>
        byRun.ContainsKey(entries.RunId) || (entries.Listed && byTenant.ContainsKey(entries.Tenant));

    /// <summary>Tells every subscriber that entries were missed.</summary>
    internal void Miss()
    {
        foreach (var subscription in byRun.Values.Concat(byTenant.Values).SelectMany(all => all)) subscription.Miss();
    }

    /// <summary>Tells the subscribers of this node.</summary>
    internal void Tell(Guid runId, Tenant tenant, IReadOnlyList<JournalEntry> entries)
    {
        if (byRun.TryGetValue(runId, out var watching))
            foreach (var subscription in watching)
                foreach (var entry in entries) subscription.Offer(new FeedEntry(runId, entry));
        if (!byTenant.TryGetValue(tenant, out var listing)) return;
        foreach (var subscription in listing)
            foreach (var entry in entries)
                if (ChangesLists(entry.Event.Kind)) subscription.Offer(new FeedEntry(runId, entry));
    }

    private static bool ChangesLists(RunEventKind kind) => kind is RunEventKind.RunStarted or RunEventKind.StepParked
        or RunEventKind.StepWoken
        or RunEventKind.RunPaused or RunEventKind.RunResumed
        or RunEventKind.RunCompleted or RunEventKind.RunFailed or RunEventKind.RunCanceled;

    private static RunSubscription Add<TKey>(ConcurrentDictionary<TKey, ImmutableArray<RunSubscription>> all, TKey key)
        where TKey : notnull
    {
        var subscription = new RunSubscription(self => Remove(all, key, self));
        all.AddOrUpdate(key, _ => [subscription], (_, others) => others.Add(subscription));
        return subscription;
    }

    private static void Remove<TKey>(
        ConcurrentDictionary<TKey, ImmutableArray<RunSubscription>> all, TKey key, RunSubscription subscription)
        where TKey : notnull
    {
        // the empty array must be the one that is compared with: arrays are equal when they are the same
        all.AddOrUpdate(key, _ => [], (_, others) => others.Remove(subscription) is { IsEmpty: false } left ? left : []);
        all.TryRemove(new KeyValuePair<TKey, ImmutableArray<RunSubscription>>(key, []));
    }
}

/// <summary>A durable entry of a run.</summary>
public readonly record struct FeedEntry(Guid RunId, JournalEntry Entry);

/// <summary>What came within 100 ms.</summary>
/// <param name="Entries">The entries, in order.</param>
/// <param name="Gap">Whether some were dropped before them, because they came faster than they were read: read the snapshot again.</param>
public sealed record FeedBatch(IReadOnlyList<FeedEntry> Entries, bool Gap);
