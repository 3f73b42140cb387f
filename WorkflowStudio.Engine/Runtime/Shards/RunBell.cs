using System.Threading.Channels;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Rings the pump of a shard: a run was made, or something was put into its inbox. Only a hint; what is lost here is found by the slow
/// poll.
/// </summary>
public sealed class RunBell
{
    /// <summary>The number of shards. Stored with every run: never changed.</summary>
    public const int Shards = 64;

    // a full channel drops the hint: the run stays due and is found by the poll
    private readonly Channel<RunHint>[] channels =
        [.. Enumerable.Range(0, Shards).Select(_ => Channel.CreateBounded<RunHint>(
            new BoundedChannelOptions(16_384) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }))];

    private readonly bool[] owned = new bool[Shards];
    private readonly NodeNews? news;

    /// <summary>The bell of a node.</summary>
    /// <param name="news">Reaches the nodes that own the other shards; null when there are none.</param>
    public RunBell(NodeNews? news = null)
    {
        this.news = news;
        if (news is not null) news.Due += Hear;
    }

    /// <summary>How many hints no pump has taken yet.</summary>
    internal int Queued => channels.Sum(c => c.Reader.Count);

    /// <summary>The shard of a run: the random end of its id.</summary>
    public static int ShardOf(Guid runId)
    {
        Span<byte> bytes = stackalloc byte[16];
        runId.TryWriteBytes(bytes, true, out _);
        return bytes[15] % Shards;
    }

    /// <summary>Says that a run is due.</summary>
    public void Ring(Guid runId) => Ring(ShardOf(runId), new RunHint(runId, null));

    /// <summary>Says that a run was made, and hands over what is known of it, so that it need not be read again.</summary>
    internal void Ring(FreshRun run) => Ring(run.Run.Shard, new RunHint(run.Run.RunId, run, run.Run.Tenant.WorkspaceId));

    /// <summary>Says whether this node owns a shard: rings for the others go to other nodes.</summary>
    internal void Own(int shard, bool own) => Volatile.Write(ref owned[shard], own);

    /// <summary>The id, changed so that this node owns its shard. As it is on a node that is alone, or that owns none.</summary>
    internal Guid Near(Guid id)
    {
        if (news is not { HasLink: true }) return id;
        Span<int> own = stackalloc int[Shards];
        var count = 0;
        for (var shard = 0; shard < Shards; shard++)
            if (Volatile.Read(ref owned[shard])) own[count++] = shard;
        if (count == 0) return id;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, true, out _);
        bytes[15] = (byte)((bytes[15] / Shards * Shards) + own[bytes[14] % count]); // its neighbour is as random, and names no shard
        return new Guid(bytes, true);
    }

    private void Ring(int shard, in RunHint hint)
    {
        if (news is { HasLink: true } && !Volatile.Read(ref owned[shard])) news.TellDue(hint.RunId);
        else channels[shard].Writer.TryWrite(hint);
    }

    // every node hears of it, one owns it
    private void Hear(Guid runId)
    {
        var shard = ShardOf(runId);
        if (Volatile.Read(ref owned[shard])) channels[shard].Writer.TryWrite(new RunHint(runId, null));
    }

    internal ChannelReader<RunHint> Reader(int shard) => channels[shard].Reader;
}

/// <summary>A run that may be due.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Fresh">The run itself when it was made a moment ago.</param>
/// <param name="Workspace">Whose it is; null when that is not known.</param>
internal readonly record struct RunHint(Guid RunId, FreshRun? Fresh, Guid? Workspace = null);

/// <summary>A run that was made a moment ago by this process.</summary>
internal sealed record FreshRun(RunIdentity Run, RunPlan Plan, RunState State);
