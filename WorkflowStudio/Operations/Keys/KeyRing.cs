using System.Collections.Concurrent;
using System.Net;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Keys;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Keys;

/// <summary>
/// Turns a key into a caller. Known keys are remembered for a second, so that a client in a loop does not ask the database every time and a
/// key that was revoked by a command in another process is refused a second later; one that a node revokes is refused at once by all.
/// </summary>
internal sealed class KeyRing
{
    private const int Most = 1_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly KeyStore store;
    private readonly KeyUse use;
    private readonly NodeNews news;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, KnownKey> known = new();
    private long changes;

    public KeyRing(KeyStore store, KeyUse use, NodeNews news, TimeProvider clock)
    {
        (this.store, this.use, this.news, this.clock) = (store, use, news, clock);
        news.Changed += (kind, _) =>
        {
            if (kind == NodeNews.Key) Drop();
        };
        news.Missed += Drop;
    }

    /// <summary>The caller; null for a key that is unknown, revoked or expired, or comes from where it may not be used.</summary>
    /// <param name="key">The key.</param>
    /// <param name="from">The address of whoever sends it; null when it is not known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Caller?> AuthenticateAsync(string key, IPAddress? from, CancellationToken cancellationToken)
    {
        if (!KeyText.LooksRight(key)) return null;
        var hash = KeyText.Hash(key);
        var name = Convert.ToHexString(hash);
        var now = clock.GetUtcNow();
        var found = known.TryGetValue(name, out var remembered) && now < remembered.Until
            ? remembered
            : await LookUpAsync(name, hash, cancellationToken);
        if (found is null || found.ExpiresAt <= now || !KeyNetworks.Allow(found.Networks, from)) return null;
        use.Note(found.Caller.Tenant.WorkspaceId, found.Caller.KeyId!.Value);
        return found.Caller;
    }

    /// <summary>To be called when a key was revoked: every node forgets it.</summary>
    public void Forget(Guid id) => news.TellChanged(NodeNews.Key, id);

    private async Task<KnownKey?> LookUpAsync(string name, byte[] hash, CancellationToken cancellationToken)
    {
        var before = Interlocked.Read(ref changes);
        var row = await store.FindAsync(hash, cancellationToken);
        if (row is null || row.RevokedAt is not null) return null;
        var found = KnownKey.Of(row, clock.GetUtcNow() + Life);
        if (known.Count >= Most) known.Clear();
        known[name] = found;
        if (Interlocked.Read(ref changes) != before) known.Clear();
        return found;
    }

    private void Drop()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }

    private sealed record KnownKey(Caller Caller, DateTimeOffset? ExpiresAt, IReadOnlyList<IPNetwork> Networks, DateTimeOffset Until)
    {
        public static KnownKey Of(ApiKeyRow row, DateTimeOffset until)
        {
            var facts = KeyFacts.Of(row);
            var caller = new Caller
            {
                Tenant = new Tenant(row.WorkspaceId, row.Environment),
                KeyId = row.Id,
                Name = row.Name,
                Scopes = facts.Scopes.ToHashSet(),
                MakerId = row.MakerId,
                SharesOf = facts.SharesOf,
            };
            return new KnownKey(caller, row.ExpiresAt,
                [.. facts.Networks.Select(n => KeyNetworks.TryRead(n, out var network) ? network : null).OfType<IPNetwork>()], until);
        }
    }
}
