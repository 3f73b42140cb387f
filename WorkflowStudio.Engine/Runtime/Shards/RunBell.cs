using System.Threading.Channels;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Rings the pump of a shard: a run was made, or something was put into its inbox. Only a hint; what is lost here is found by the slow poll.
/// </summary>
public sealed class RunBell
{
    /// <summary>The number of shards. Stored with every run: never changed.</summary>
    public const int Shards = 16;

    // a full channel drops the hint: the run stays due and is found by the poll
    private readonly Channel<RunHint>[] channels =
        [.. Enumerable.Range(0, Shards).Select(_ => Channel.CreateBounded<RunHint>(new BoundedChannelOptions(16_384) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }))];

    /// <summary>The shard of a run: the random end of its id.</summary>
    public static int ShardOf(Guid runId)
    {
        Span<byte> bytes = stackalloc byte[16];
        runId.TryWriteBytes(bytes, true, out _);
        return bytes[15] % Shards;
    }

    /// <summary>Says that a run is due.</summary>
    public void Ring(Guid runId) => channels[ShardOf(runId)].Writer.TryWrite(new RunHint(runId, null));

    /// <summary>Says that a run was made, and hands over what is known of it, so that it need not be read again.</summary>
    internal void Ring(FreshRun run) => channels[run.Run.Shard].Writer.TryWrite(new RunHint(run.Run.RunId, run));

    internal ChannelReader<RunHint> Reader(int shard) => channels[shard].Reader;
}

/// <summary>A run that may be due.</summary>
internal readonly record struct RunHint(Guid RunId, FreshRun? Fresh);

/// <summary>A run that was made a moment ago by this process.</summary>
internal sealed record FreshRun(RunIdentity Run, RunPlan Plan, RunState State);
