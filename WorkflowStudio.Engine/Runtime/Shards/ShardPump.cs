using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Works on the due runs of one shard while it owns it: woken by the bell, and once a second by itself for what has become due and for
/// hints that were lost.
/// </summary>
internal sealed class ShardPump(int shard, RunBell bell, PlanSource plans, ExecutionTools tools, NodeLimits limits, ILogger logger)
{
    private const int DueBatch = 256;
    private const int MostInHand = 16_384;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Work> inHand = [];
    private readonly Dictionary<Guid, DateTimeOffset> troubled = [];
    private readonly RunSetAside aside = new(tools, logger);
    private readonly SuspectWatch suspects = new(tools, limits);
    private long epoch;
    private volatile bool lost;

    /// <summary>Whether a term is under way.</summary>
    public bool Owned { get; private set; }

    /// <summary>How many runs are worked on, or wait for a place.</summary>
    public int InHand
    {
        get
        {
            lock (gate) return inHand.Count;
        }
    }

    /// <summary>Owns the shard until asked to stop or until another owner takes it; then finishes what is in hand, for ten seconds at most (see <see cref="NodeLimits"/>).</summary>
    public async Task RunTermAsync(CancellationToken stopping)
    {
        epoch = await tools.Journal.ClaimAsync(shard, tools.Clock.GetUtcNow(), stopping);
        FailPoints.Pass(FailPoint.ClaimDurable);
        lost = false;
        Log.ShardClaimed(logger, shard, epoch);
        Owned = true;
        bell.Own(shard, true);
        using var cutOff = new CancellationTokenSource();
        try
        {
            await LoopAsync(cutOff.Token, stopping);
        }
        finally
        {
            Owned = false;
            bell.Own(shard, false);
            await FinishInHandAsync(cutOff);
            if (!lost) await HandBackAsync();
        }
    }

    private async Task LoopAsync(CancellationToken working, CancellationToken stopping)
    {
        var reader = bell.Reader(shard);
        var lastPoll = Environment.TickCount64 - (long)Poll.TotalMilliseconds;
        var ahead = 2 * Poll; // the first time also what was left to a bell that rang for the owner before
        while (!stopping.IsCancellationRequested && !lost)
        {
            try
            {
                while (!lost && reader.TryRead(out var hint)) Take(hint, working, stopping);
                if (Environment.TickCount64 - lastPoll >= Poll.TotalMilliseconds)
                {
                    lastPoll = Environment.TickCount64;
                    foreach (var id in await tools.Journal.DueAsync(shard, tools.Clock.GetUtcNow() + ahead, DueBatch, stopping))
                        Take(new RunHint(id, null), working, stopping); // one in hand is rung: its hint may have been lost
                    ahead = TimeSpan.Zero;
                }

                await WaitForHintAsync(reader, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not ShardLostException)
            {
                Log.PumpFailed(logger, shard, e);
                await Task.Delay(Poll, tools.Clock, CancellationToken.None);
            }
        }
    }

    private static async Task WaitForHintAsync(System.Threading.Channels.ChannelReader<RunHint> reader, CancellationToken stopping)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timer.CancelAfter(Poll);
        try
        {
            await reader.WaitToReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // time for the poll
        }
    }

    // never waits: a pump that stood still here could not ring the runs that it has in hand
    private void Take(RunHint hint, CancellationToken working, CancellationToken stopping)
    {
        var work = new Work();
        lock (gate)
        {
            if (inHand.TryGetValue(hint.RunId, out var known))
            {
                known.Ring();
                return;
            }

            if (troubled.TryGetValue(hint.RunId, out var until) && tools.Clock.GetUtcNow() < until) return; // a request in its inbox keeps it due
            troubled.Remove(hint.RunId);
            if (inHand.Count >= MostInHand) return; // it stays due, and the poll finds it
            inHand.Add(hint.RunId, work);
        }

        work.Done = WorkAsync(hint.RunId, IsFresh(hint.Fresh) ? hint.Fresh : null, work, working, stopping);
    }

    private async Task WorkAsync(Guid runId, FreshRun? fresh, Work work, CancellationToken working, CancellationToken stopping)
    {
        try
        {
            await limits.Runs.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            Forget(runId, work);
            return;
        }

        try
        {
            bool again;
            do
            {
                var recorded = await TryExecuteAsync(runId, fresh, work, working);
                fresh = null;
                // rung after the execution looked for the last time: look once more, so that no request waits for the poll
                lock (gate)
                {
                    again = work.TakeRing() || !recorded;
                    if (!again) inHand.Remove(runId);
                }
            }
            while (again);
        }
        catch (ShardLostException)
        {
            if (!lost) Log.ShardLost(logger, shard);
            lost = true;
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested)
        {
            // stopping: the next owner goes on from the last recorded step
        }
        catch (UnreadableRunException e)
        {
            await SetAsideAsync(runId, RunSetAside.Unreadable, e.Message, e);
        }
        catch (Exception e)
        {
            await PostponeAsync(runId, e);
        }
        finally
        {
            Forget(runId, work);
            limits.Runs.Release();
        }
    }

    // only this one: the run may be in hand again by now
    private void Forget(Guid runId, Work work)
    {
        lock (gate)
            if (inHand.TryGetValue(runId, out var known) && known == work) inHand.Remove(runId);
    }

    // False when the database was away: what became of the last commit is not known, so the run is read again and goes on from what stands.
    private async Task<bool> TryExecuteAsync(Guid runId, FreshRun? fresh, Work work, CancellationToken working)
    {
        try
        {
            await ExecuteAsync(runId, fresh, work, working);
            return true;
        }
        catch (StoreAwayException e)
        {
            Log.StoreAway(logger, runId, e);
            await Task.Delay(Poll, tools.Clock, working);
            return false;
        }
    }

    private async Task ExecuteAsync(Guid runId, FreshRun? fresh, Work work, CancellationToken working)
    {
        if (fresh is not null)
        {
            await ExecuteAsync(fresh.Run, await plans.PlanAsync(fresh.Run.VersionSerial, working), fresh.State, Taking.Fresh, work, working);
            return;
        }

        if (await ReadAsync(runId, working) is not var (record, version, state) || state.IsFinal) return;
        if (record.Gate == Runs.RunGate.Held) await ExecuteAsync(record.Run, version, state, Taking.Held, work, working);
        else if (state.Status == Runs.RunStatus.Paused || record.Crashes is >= 0 and < SuspectWatch.Suspicious) await ExecuteAsync(record.Run, version, state, Taking.Again, work, working);
        else if (record.Crashes < 0) await SetAsideAsync(runId, RunSetAside.CrashedTheServer, SuspectWatch.Verdict(record, version.Plan.Definition), null);
        else await suspects.ExecuteAsync(record.Run, epoch, record.Crashes, () => ExecuteAsync(record.Run, version, state, Taking.Again, work, working), working);
    }

    private async Task ExecuteAsync(RunIdentity run, PlannedVersion version, Runs.RunState state, Taking taking, Work work, CancellationToken working)
    {
        var surroundings = await plans.SurroundingsAsync(run, version, state.StartedAt, working);
        using var execution = new RunExecution(run, version.Plan, state, surroundings, epoch, tools);
        work.Attach(execution);
        if (taking == Taking.Held) await execution.LookAsync(working);
        else await limits.WithinShareAsync(run.Tenant.WorkspaceId, () => execution.ExecuteAsync(taking == Taking.Fresh, working), working);
    }

    // the poll leaves queued runs alone for twice this time, so nobody else has touched a run whose hint is younger
    private bool IsFresh(FreshRun? run) => run is not null && tools.Clock.GetUtcNow() - run.State.StartedAt < Poll;

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

    // A cancel always ends a run, also one that cannot be worked on: its end needs no plan.
    private async Task SetAsideAsync(Guid runId, string code, string message, Exception? cause)
    {
        try
        {
            await aside.PutAsync(runId, epoch, code, message, cause);
        }
        catch (ShardLostException)
        {
            lost = true;
        }
        catch (Exception e)
        {
            await PostponeAsync(runId, e);
        }
    }

    private async Task PostponeAsync(Guid runId, Exception cause)
    {
        try
        {
            var until = tools.Clock.GetUtcNow() + AfterTrouble;
            lock (gate) troubled[runId] = until;
            Log.RunUnreadable(logger, runId, until, cause);
            await tools.Journal.PostponeAsync(runId, until, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.PumpFailed(logger, shard, e);
        }
    }

    private async Task HandBackAsync()
    {
        try
        {
            await tools.Journal.HandBackAsync(shard, epoch, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.PumpFailed(logger, shard, e); // the next owner takes it for a crash, which costs nothing but a count
        }
    }

    private async Task FinishInHandAsync(CancellationTokenSource cutOff)
    {
        Task[] open;
        lock (gate) open = [.. inHand.Values.Select(w => w.Done)];
        var all = Task.WhenAll(open);
        if (lost || await Task.WhenAny(all, Task.Delay(limits.Farewell, tools.Clock)) != all) await cutOff.CancelAsync();
        await all;
    }

    private enum Taking
    {
        /// <summary>It was made a moment ago.</summary>
        Fresh,

        /// <summary>It is taken up from its journal.</summary>
        Again,

        /// <summary>Others come first: only its inbox is looked at.</summary>
        Held,
    }

    /// <summary>A run as its journal tells it.</summary>
    private sealed record Replayed(RunRecord Record, PlannedVersion Version, Runs.RunState State);

    /// <summary>A run in hand. A ring before the execution exists is kept for it.</summary>
    private sealed class Work
    {
        private readonly Lock own = new();
        private RunExecution? execution;
        private bool rung;

        public Task Done { get; set; } = Task.CompletedTask;

        public void Ring()
        {
            lock (own)
            {
                rung = true;
                execution?.Ring();
            }
        }

        public void Attach(RunExecution next)
        {
            lock (own)
            {
                execution = next;
                if (rung) next.Ring();
                rung = false;
            }
        }

        // after the execution has ended: whether it was rung since it was attached
        public bool TakeRing()
        {
            lock (own)
            {
                execution = null;
                var was = rung;
                rung = false;
                return was;
            }
        }
    }
}
