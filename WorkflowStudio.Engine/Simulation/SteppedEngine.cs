using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Scheduling.Schedules;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Simulation;

/// <summary>
/// The engine on a clock that is moved by hand, over a database that nobody else uses: the same decider, steps, journal and schedules as on a server.
/// It stands in for the pumps of a node and does one thing after the other, so a week takes as long as what happens in it.
/// </summary>
public sealed class SteppedEngine
{
    private const int Batch = 64;
    private const int MostRounds = 10_000;

    private static readonly int[] Shards = [.. Enumerable.Range(0, RunBell.Shards)];

    private readonly RunBell bell;
    private readonly ExecutionTools tools;
    private readonly NodeLimits limits;
    private readonly ScheduleFiring schedules;
    private readonly NextMoment next;
    private readonly VirtualClock clock;
    private readonly RunTakeUp takeUp;
    private readonly Dictionary<int, long> epochs = [];

    internal SteppedEngine(RunBell bell, PlanSource plans, ExecutionTools tools, NodeLimits limits, ScheduleFiring schedules, NextMoment next, VirtualClock clock, ILogger logger)
    {
        (this.bell, this.tools, this.limits, this.schedules, this.next, this.clock) = (bell, tools, limits, schedules, next, clock);
        takeUp = new RunTakeUp(plans, tools, logger);
    }

    /// <summary>Moves the clock to a time, and does on the way what comes by itself, each at its moment: waits end, schedules fire.</summary>
    public async Task PassAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await WorkAsync(cancellationToken);
        for (var round = 0; await next.FindAsync(cancellationToken) is { } moment && moment <= until; round++)
        {
            if (round == MostRounds) throw new InvalidOperationException($"Something is due at {moment:O} again and again.");
            clock.MoveTo(moment);
            await schedules.RunOnceAsync(cancellationToken);
            await WorkAsync(cancellationToken);
        }

        clock.MoveTo(until);
    }

    /// <summary>Does what is due now, until every run is over or waits.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var due = Rung();
            due.UnionWith(await tools.Journal.DueAsync(Shards, clock.GetUtcNow(), Batch, cancellationToken));
            if (due.Count == 0) return;
            foreach (var run in due) await WorkOnAsync(run, cancellationToken);
        }

        throw new InvalidOperationException("Some run is due again and again.");
    }

    private SortedSet<Guid> Rung()
    {
        var rung = new SortedSet<Guid>();
        foreach (var shard in Shards)
            while (bell.Reader(shard).TryRead(out var hint)) rung.Add(hint.RunId);
        return rung;
    }

    // what could not be done at once is found again in the next round
    private async Task WorkOnAsync(Guid run, CancellationToken cancellationToken)
    {
        var shard = RunBell.ShardOf(run);
        if (!epochs.TryGetValue(shard, out var epoch)) epochs[shard] = epoch = await tools.Journal.ClaimAsync(shard, clock.GetUtcNow(), cancellationToken);
        using var pass = new RunPass(limits, null);
        await takeUp.TryExecuteAsync(run, null, new RunInHand(), pass, epoch, cancellationToken);
    }
}
