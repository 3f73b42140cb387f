using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Takes a due run up as it stands: executes it, only looks at what is wanted of it, or sets it aside when it cannot be worked on.
/// </summary>
internal sealed class RunTakeUp(PlanSource plans, ExecutionTools tools, ILogger logger)
{
    private static readonly TimeSpan AfterAway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterUnwritable = TimeSpan.FromSeconds(5);

    private readonly RunSetAside aside = new(tools, plans, logger);
    private readonly SuspectWatch suspects = new(tools);

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
    /// Works on a run until it is over or waits. False when it has to be read again: the database was away, so what became of the last
    /// commit is not known and the run goes on from what stands; or it has to stand in line, and what was read of it is not kept for so
    /// long.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="fresh">The run itself when it was made a moment ago, so that it need not be read.</param>
    /// <param name="work">Gets the execution.</param>
    /// <param name="pass">What the run holds of its node; learns what else it needs.</param>
    /// <param name="epoch">The owner's; throws <see cref="ShardLostException"/> when there is a newer one.</param>
    /// <param name="working">Cuts off the calls in flight.</param>
    public async Task<bool> TryExecuteAsync(
        Guid runId, FreshRun? fresh, RunInHand work, RunPass pass, long epoch, CancellationToken working)
    {
        try
        {
            if (fresh is null) return await TryReadAndExecuteAsync(runId, work, pass, epoch, working);
            NoteLag(fresh.State.StartedAt, isNew: true);
            await ExecuteAsync(
                fresh.Run, await plans.PlanAsync(fresh.Run.VersionSerial, working), fresh.State, Taking.Fresh, work, epoch, working);
            return true;
        }
        catch (UnreadableRunException e)
        {
            await aside.PutAsync(runId, epoch, RunSetAside.Unreadable, e.Message, cause: e);
            return true;
        }
        catch (StoreUnwritableException)
        {
            await Task.Delay(AfterUnwritable, tools.Clock, working); // the writer says it
            return false;
        }
        catch (StoreAwayException e)
        {
            Log.StoreAway(logger, runId, e);
            await Task.Delay(AfterAway, tools.Clock, working);
            return false;
        }
    }

    private async Task<bool> TryReadAndExecuteAsync(Guid runId, RunInHand work, RunPass pass, long epoch, CancellationToken working)
    {
        if (await ReadAsync(runId, working) is not { State.IsFinal: false } read) return true;
        var record = read.Record;
        if (record.Gate == RunGate.Held)
        {
            await Execute(Taking.Held, null);
            return true;
        }

        if (read.Verdict is { } verdict)
        {
            if (!await suspects.TryPutOffAsync(record, epoch, working))
                await aside.PutAsync(runId, epoch, RunSetAside.CrashedTheServer, verdict.Text, verdict.GoesOnAt);
            return true;
        }

        // whoever stood in line for its turn was put off for that
        if (!read.IsPaused && !pass.HasTurn && await suspects.IsPutOffAsync(record, working)) return true;
        if (!pass.TryEnter(record.Run, read.IsSuspect))
        {
            if (read.IsSuspect && !pass.HasTurn) await suspects.PostponeAsync(record.Run, epoch, working);
            return false;
        }

        NoteLag(DueSince(record, read.State), read.State.Status == RunStatus.Queued);
        if (read.IsSuspect) await suspects.ExecuteAsync(record, pass, epoch, stepCameOut => Execute(Taking.Again, stepCameOut), working);
        else await Execute(Taking.Again, null);
        return true;

        Task Execute(Taking taking, Action? stepCameOut) =>
            ExecuteAsync(record.Run, read.Version, read.State, taking, work, epoch, working, stepCameOut);
    }

    private async Task ExecuteAsync(RunIdentity run, PlannedVersion version, RunState state, Taking taking, RunInHand work, long epoch,
        CancellationToken working, Action? stepCameOut = null)
    {
        var context = await RunContext.OfAsync(plans, run, version, state.StartedAt, working);
        using var execution = new RunExecution(run, version.Plan, state, context, epoch, tools, stepCameOut);
        work.Attach(execution);
        if (taking == Taking.Held)
        {
            await execution.LookAsync(working);
            return;
        }

        using var span = tools.Tracing?.Turn(run, state.TraceParent);
        await execution.ExecuteAsync(taking == Taking.Fresh, working);
        if (span is not null) RunTracing.End(span, execution.State.Status, execution.State.Failure?.Code);
    }

    // A run that was rung for because something is wanted of it was not due before. One that was held by its workflow's rule waited for
    // others.
    private static DateTimeOffset? DueSince(RunRecord record, RunState state) =>
        state.Status == RunStatus.Queued ? record.Gate == RunGate.None ? state.StartedAt : null : state.NextWake;

    private void NoteLag(DateTimeOffset? due, bool isNew)
    {
        if (due is { } since && tools.Pumps is { MeasuresLag: true } pumps && tools.Clock.GetUtcNow() is var now && since <= now)
            pumps.TookUp(now - since, isNew);
    }

    private async Task<Replayed?> ReadAsync(Guid runId, CancellationToken working)
    {
        try
        {
            if (await tools.Journal.LoadAsync(runId, working) is not { } record) return null;
            if (record.Entries.Count == 0) throw new InvalidDataException("Its journal is empty.");
            var version = await plans.PlanAsync(record.Run.VersionSerial, working);
            var state = RunFold.Replay(version.Plan, record.Entries);
            // without the entries, which may be many: they would stay in memory for as long as the run is in execution
            var isPaused = state.Status == RunStatus.Paused;
            return new Replayed(record with { Entries = [] }, version, state)
            {
                IsPaused = isPaused,
                IsSuspect = !isPaused && record.Crashes >= SuspectWatch.Suspicious,
                Verdict = !isPaused && record.Crashes < 0 ? suspects.Judge(record, version.Plan.Definition) : null,
            };
        }
        catch (Exception e) when (UnreadableRunException.IsMeantBy(e))
        {
            throw new UnreadableRunException($"The run cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A run as its journal tells it.</summary>
    private sealed record Replayed(RunRecord Record, PlannedVersion Version, RunState State)
    {
        /// <summary>Nothing of it begins: it is looked at for what is wanted of it.</summary>
        public bool IsPaused { get; init; }

        /// <summary>Servers died while it was in execution: it needs the turn of the suspects.</summary>
        public bool IsSuspect { get; init; }

        /// <summary>What was found when it was tried as the only suspect; null when nothing was.</summary>
        public SuspectVerdict? Verdict { get; init; }
    }
}
