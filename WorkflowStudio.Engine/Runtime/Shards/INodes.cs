namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>The nodes that share the database, and which of them holds which shard. Only a hint about who works: who may write is decided by the epoch.</summary>
internal interface INodes
{
    /// <summary>The name of this node, of this start of it.</summary>
    string Me { get; }

    /// <summary>Says that this node is alive, and answers who else is and who holds what.</summary>
    Task<NodesSeen> SeeAsync(CancellationToken cancellationToken);

    /// <summary>Takes a shard from nobody or from a node that is gone; false when another was faster.</summary>
    Task<bool> TakeAsync(int shard, string? from, CancellationToken cancellationToken);

    /// <summary>Gives shards back, those that are held, and tells the others.</summary>
    Task ReleaseAsync(int shard, CancellationToken cancellationToken);

    /// <summary>Says that this node is gone: the others need not wait until it is missed.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);
}

/// <summary>What a look at the nodes showed.</summary>
/// <param name="Alive">The nodes that were alive a moment ago, this one among them.</param>
/// <param name="Holders">The holder of each shard; null for none. It may be gone.</param>
internal sealed record NodesSeen(IReadOnlySet<string> Alive, IReadOnlyList<string?> Holders);
