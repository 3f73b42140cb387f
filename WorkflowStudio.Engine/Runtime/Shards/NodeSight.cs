namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Which of the listed nodes are alive, as one node sees it. One whose sign of life does not move for six seconds is gone; so is one whose
/// process is seen to have ended, twice, for a moment without its lock says little. Silence is counted by this node's own looks: one that
/// comes late counts no more than two seconds, for then the list was away, or this node was, and the others were silent for the same
/// reason. Until they had time to be heard of again their locks say nothing either.
/// </summary>
internal sealed class NodeSight
{
    /// <summary>How long a node may be silent: several looks and some patience.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    // a look comes once a second, and at any time when a node asks for it
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);

    private Dictionary<string, Seen>? before;
    private TimeSpan spare;

    /// <summary>The nodes that are alive.</summary>
    public IReadOnlySet<string> Alive(string me, IReadOnlyList<ListedNode> listed)
    {
        var since = listed.First(n => n.Id == me).Silent;
        var counted = since < Gap ? since : Gap;
        spare = before is null || since > Gap ? Patience : spare - counted;
        var (now, alive) = (new Dictionary<string, Seen>(), new HashSet<string> { me });
        foreach (var node in listed.Where(n => n.Id != me))
        {
            var last = before?.GetValueOrDefault(node.Id);
            var silent = last is { } seen && seen.Beat == node.Beat ? seen.Silent + counted : TimeSpan.Zero;
            TimeSpan? ended = !node.HasEnded || spare > TimeSpan.Zero ? null
                : silent > TimeSpan.Zero && last!.Ended is { } so ? so + counted
                : TimeSpan.Zero;
            now[node.Id] = new Seen(node.Beat, silent, ended);
            // who begins to look has nothing to compare with: what ended before it came is gone
            var isGone = before is null ? node.HasEnded : silent > Patience || ended >= BetweenLooks;
            if (!isGone) alive.Add(node.Id);
        }

        before = now;
        return alive;
    }

    private sealed record Seen(long Beat, TimeSpan Silent, TimeSpan? Ended);
}
