namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Which of the listed nodes are alive, as one node sees it. One that is not heard of for six seconds is gone; so is one whose process is seen to have
/// ended, twice, for a moment without its lock says little. But a node that was not heard of itself in between, or begins to look, cannot tell: the list
/// was away, or this node was, and the others were silent for the same reason. It goes on with those that it knew, until they had time to be heard of again.
/// </summary>
internal sealed class NodeSight(TimeProvider clock)
{
    /// <summary>How long a node may be silent: several looks and some patience.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    // a look comes once a second
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);

    private HashSet<string>? known;
    private HashSet<string> ended = [];
    private DateTimeOffset spareUntil;

    /// <summary>The nodes that are alive.</summary>
    public IReadOnlySet<string> Alive(string me, IReadOnlyList<ListedNode> listed)
    {
        var now = clock.GetUtcNow();
        if (known is null || listed.Any(n => n.Id == me && n.Silent > Gap)) spareUntil = now + Patience;
        known ??= [.. listed.Where(n => !n.HasEnded).Select(n => n.Id)];
        var spared = now < spareUntil;
        HashSet<string> endedTwice = [.. listed.Where(n => n.HasEnded && ended.Contains(n.Id)).Select(n => n.Id)];
        ended = [.. listed.Where(n => n.HasEnded).Select(n => n.Id)];
        known = [me, .. listed.Where(n => (n.Silent <= Patience && !endedTwice.Contains(n.Id)) || (spared && known.Contains(n.Id))).Select(n => n.Id)];
        return known;
    }
}
