namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Which of the listed nodes are alive, as one node sees it. One that is not heard of for six seconds is gone, and one whose process has ended at
/// once. But a node that was not heard of itself in between cannot tell: then the list was away, or this node was, and the others were silent for the
/// same reason. It goes on with those that it knew before, until they had time to be heard of again.
/// </summary>
internal sealed class NodeSight(TimeProvider clock)
{
    /// <summary>How long a node may be silent: several looks and some patience.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    // a look comes once a second
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(3);

    private HashSet<string> known = [];
    private DateTimeOffset spareUntil;

    /// <summary>The nodes that are alive.</summary>
    public IReadOnlySet<string> Alive(string me, IReadOnlyList<ListedNode> listed)
    {
        var now = clock.GetUtcNow();
        if (listed.Any(n => n.Id == me && n.Silent > Gap)) spareUntil = now + Patience;
        var spared = now < spareUntil;
        known = [me, .. listed.Where(n => !n.HasEnded && (n.Silent <= Patience || (spared && known.Contains(n.Id)))).Select(n => n.Id)];
        return known;
    }
}
