using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>The pumps of this node, one for each shard.</summary>
public sealed class ShardPumps
{
    private readonly ShardPump[] pumps;

    internal ShardPumps(RunBell bell, PlanSource plans, ExecutionTools tools, NodeLimits limits, ILogger<ShardPumps> logger)
    {
        var poll = new DuePoll(tools.Journal, tools.Clock);
        pumps = [.. Enumerable.Range(0, RunBell.Shards).Select(shard => new ShardPump(shard, bell, poll, plans, tools, limits, logger))];
        tools.Pumps?.Watch(() => Active(bell, limits), () => Owned);
    }

    /// <summary>How many shards this node owns right now.</summary>
    public int Owned => pumps.Count(p => p.Owned);

    /// <summary>How many runs this node works on, or is about to, right now.</summary>
    public int InHand => pumps.Sum(p => p.InHand);

    /// <summary>How many shards other nodes hold that are alive.</summary>
    public int OwnedElsewhere { get; internal set; }

    /// <summary>Owns a shard and works on it until asked to stop or until another node takes it.</summary>
    public Task RunTermAsync(int shard, CancellationToken stopping) => pumps[shard].RunTermAsync(stopping);

    private (long Queued, long InLine, long InExecution) Active(RunBell bell, NodeLimits limits)
    {
        var (inHand, inExecution) = (InHand, limits.InExecution);
        return (bell.Queued, Math.Max(0, inHand - inExecution), inExecution);
    }
}
