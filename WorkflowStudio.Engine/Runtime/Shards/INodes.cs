namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// The nodes that share the database, and which of them holds which shard. Only a hint about who works: who may write is decided by the
/// epoch.
/// </summary>
internal interface INodes
{
    /// <summary>The name of this node, of this start of it.</summary>
    string Me { get; }

    /// <summary>Says that this node is alive, and answers who is listed and who holds what.</summary>
    /// <param name="leaving">Whether this node is about to leave: it takes no share any more, and finishes what it holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<NodesListed> SeeAsync(bool leaving, CancellationToken cancellationToken);

    /// <summary>Takes a shard from nobody or from a node that is gone; false when another was faster.</summary>
    Task<bool> TakeAsync(int shard, string? from, CancellationToken cancellationToken);

    /// <summary>Gives shards back, those that are held, and tells the others.</summary>
    Task ReleaseAsync(int shard, CancellationToken cancellationToken);

    /// <summary>Says that this node is gone: the others need not wait until it is missed.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);
}

/// <summary>What a look at the nodes showed.</summary>
/// <param name="Nodes">The nodes that are listed, this one among them.</param>
/// <param name="Holders">The holder of each shard; null for none. It may be gone.</param>
internal sealed record NodesListed(IReadOnlyList<ListedNode> Nodes, IReadOnlyList<string?> Holders);

/// <summary>A node as it stands in the list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Silent">How long it has not been heard of, by the clock of the list; for this node until it was heard of now.</param>
/// <param name="HasEnded">Whether it is known that its process has ended.</param>
/// <param name="IsLeaving">Whether it is about to leave.</param>
/// <param name="Beat">Its last sign of life: another number for each.</param>
internal sealed record ListedNode(string Id, TimeSpan Silent, bool HasEnded = false, bool IsLeaving = false, long Beat = 0);
