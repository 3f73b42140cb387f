namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>Another owner has taken the shard: this one must stop, nothing was written.</summary>
public sealed class ShardLostException(int shard, long epoch) : Exception($"Shard {shard} has a newer owner than epoch {epoch}.");
