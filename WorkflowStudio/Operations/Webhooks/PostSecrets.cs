using System.Collections.Concurrent;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>
/// The secrets with which posts to webhooks are signed. Remembered for a second, so that a sender in a loop does not ask the database every
/// time and a secret that was changed by a command in another process counts a second later; a change by a node counts at once on all.
/// </summary>
internal sealed class PostSecrets
{
    private const int Most = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly IConnections connections;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<(Tenant, string), Known> known = new();
    private long changes;

    public PostSecrets(IConnections connections, NodeNews news, TimeProvider clock)
    {
        (this.connections, this.clock) = (connections, clock);
        news.Changed += (kind, _) =>
        {
            if (kind == NodeNews.Connection) Drop();
        };
        news.Missed += Drop;
    }

    /// <summary>Those of a connection, of which any counts; none where there is no such connection, or it cannot be read.</summary>
    public async ValueTask<IReadOnlyList<string>> FindAsync(Tenant tenant, string name, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((tenant, name), out var remembered) && clock.GetUtcNow() < remembered.Until) return remembered.Secrets;
        var before = Interlocked.Read(ref changes);
        var found = await connections.FindAsync(tenant, ConnectionKinds.WebhookSecret, name, cancellationToken);
        string[] secrets = found?.Secret?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (known.Count >= Most) known.Clear();
        known[(tenant, name)] = new Known(secrets, clock.GetUtcNow() + Life);
        if (Interlocked.Read(ref changes) != before) known.Clear();
        return secrets;
    }

    private void Drop()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }

    private sealed record Known(IReadOnlyList<string> Secrets, DateTimeOffset Until);
}
