using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>Takes a due run up as it stands: executes it, only looks at what is wanted of it, or sets it aside when it cannot be worked on.</summary>
internal sealed class RunTakeUp(PlanSource plans, ExecutionTools tools, NodeLimits limits, ILogger logger)
{
    private static readonly TimeSpan AfterAway = TimeSpan.FromSeconds(1);

    private readonly RunSetAside aside = new(tools, plans, logger);
    private readonly SuspectWatch suspects = new(tools, limits);

    private enum Taking
    {
        /// <summary>It was made a moment ago.</summary>
        Fresh,

        /// <summary>It is taken up from its journal.</summary>
        Again,

        /// <summary>Others come first: only its inbox is looked at.</summary>
        Held,
    }

    /// <summary>
    /// Works on a run until it is over or waits. False when the database was away: what became of the last commit is not known, so the run has to
    /// be read again and goes on from what stands.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="fresh">The run itself when it was made a moment ago, so that it need not be read.</param>
    /// <param name="work">Gets the execution.</param>
    /// <param name="epoch">The owner's; throws <see cref="ShardLostException"/> when there is a newer one.</param>
    /// <param name="working">Cuts off the calls in flight.</param>
    public async Task<bool> TryExecuteAsync(Guid runId, FreshRun? fresh, RunInHand work, long epoch, CancellationToken working)
    {
        try
        {
            if (fresh is not null) await ExecuteAsync(fresh.Run, await plans.PlanAsync(fresh.Run.VersionSerial, working), fresh.State, Taking.Fresh, work, epoch, working);
            else await ReadAndExecuteAsync(runId, work, epoch, working);
            return true;
        }
        catch (UnreadableRunException e)
        {
            await aside.PutAsync(runId, epoch, RunSetAside.Unreadable, e.Message, e);
            return true;
        }
        catch (StoreAwayException e)
        {
            Log.StoreAway(logger, runId, e);
            await Task.Delay(AfterAway, tools.Clock, working);
            return false;
        }
    }

    private async Task ReadAndExecuteAsync(Guid runId, RunInHand work, long epoch, CancellationToken working)
    {
        if (await ReadAsync(runId, working) is not var (record, version, state) || state.IsFinal) return;
        Task Execute(Taking taking, Action? stepCameOut = null) => ExecuteAsync(record.Run, version, state, taking, work, epoch, working, stepCameOut);
        if (record.Gate == RunGate.Held) await Execute(Taking.Held);
        else if (state.Status == RunStatus.Paused || record.Crashes is >= 0 and < SuspectWatch.Suspicious) await Execute(Taking.Again);
        else if (record.Crashes < 0) await aside.PutAsync(runId, epoch, RunSetAside.CrashedTheServer, SuspectWatch.Verdict(record, version.Plan.Definition));
        else await suspects.ExecuteAsync(record.Run, epoch, record.Crashes, stepCameOut => Execute(Taking.Again, stepCameOut), working);
    }

    private async Task ExecuteAsync(RunIdentity run, PlannedVersion version, RunState state, Taking taking, RunInHand work, long epoch, CancellationToken working, Action? stepCameOut = null)
    {
        var surroundings = await plans.SurroundingsAsync(run, version, state.StartedAt, working);
        using var execution = new RunExecution(run, version.Plan, state, surroundings, epoch, tools, stepCameOut);
        work.Attach(execution);
        if (taking == Taking.Held) await execution.LookAsync(working);
        else await limits.WithinShareAsync(run.Tenant.WorkspaceId, () => execution.ExecuteAsync(taking == Taking.Fresh, working), working);
    }

    private async Task<Replayed?> ReadAsync(Guid runId, CancellationToken working)
    {
        try
        {
            if (await tools.Journal.LoadAsync(runId, working) is not { } record) return null;
            if (record.Entries.Count == 0) throw new InvalidDataException("Its journal is empty.");
            var version = await plans.PlanAsync(record.Run.VersionSerial, working);
            return new Replayed(record, version, RunFold.Replay(version.Plan, record.Entries));
        }
        catch (Exception e) when (UnreadableRunException.IsMeantBy(e))
        {
            throw new UnreadableRunException($"The run cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A run as its journal tells it.</summary>
    private sealed record Replayed(RunRecord Record, PlannedVersion Version, RunState State);
}
