using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Simulation;

/// <summary>
/// The engine on a clock that is moved by hand, over a database that nobody else uses: the same decider, steps, journal and schedules as on
/// a server. It stands in for the pumps of a node and does one thing after the other, so a week takes as long as what happens in it.
/// </summary>
public sealed class SteppedEngine
{
    private const int MostRounds = 10_000;

    private readonly RunBell bell;
    private readonly ExecutionTools tools;
    private readonly NodeLimits limits;
    private readonly ScheduleFiring schedules;
    private readonly NextMoment next;
    private readonly VirtualClock clock;
    private readonly RunTakeUp takeUp;
    private readonly Dictionary<int, long> epochs = [];

    internal SteppedEngine(RunBell bell, PlanSource plans, ExecutionTools tools, NodeLimits limits, ScheduleFiring schedules,
        NextMoment next, VirtualClock clock, ILogger logger)
    {
        (this.bell, this.tools, this.limits, this.schedules, this.next, this.clock) = (bell, tools, limits, schedules, next, clock);
        takeUp = new RunTakeUp(plans, tools, logger);
    }

    /// <summary>
    /// Moves the clock to a time, and does on the way what comes by itself, each at its moment: waits end, schedules fire.
    /// </summary>
    public async Task PassAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        for (var round = 0; await next.FindAsync(cancellationToken) is { } coming && coming.At <= until; round++)
        {
            if (round == MostRounds) throw new InvalidOperationException($"Something is due at {coming.At:O} again and again.");
            clock.MoveTo(coming.At);
            if (coming.Fires) await schedules.RunOnceAsync(cancellationToken);
            foreach (var run in coming.Runs) await WorkOnAsync(run, cancellationToken);
            await AnswerAsync(cancellationToken);
        }

        clock.MoveTo(until);
    }

    // whatever is wanted of a run rings: it was made, a signal has come for it, somebody asks something
    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        for (var rung = Rung(); rung.Count > 0; rung = Rung())
            foreach (var run in rung) await WorkOnAsync(run, cancellationToken);
    }

    private SortedSet<Guid> Rung()
    {
        var rung = new SortedSet<Guid>();
        for (var shard = 0; shard < RunBell.Shards; shard++)
            while (bell.Reader(shard).TryRead(out var hint)) rung.Add(hint.RunId);
        return rung;
    }

    // what could not be done at once stays due
    private async Task WorkOnAsync(Guid run, CancellationToken cancellationToken)
    {
        var shard = RunBell.ShardOf(run);
        if (!epochs.TryGetValue(shard, out var epoch))
            epochs[shard] = epoch = await tools.Journal.ClaimAsync(shard, clock.GetUtcNow(), cancellationToken);
        using var pass = new RunPass(limits, null);
        await takeUp.TryExecuteAsync(run, null, new RunInHand(), pass, epoch, cancellationToken);
    }
}
