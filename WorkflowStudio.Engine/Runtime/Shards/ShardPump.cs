using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Works on the due runs of one shard while it owns it: woken by the bell, and once a second by itself for what has become due and for
/// hints that were lost.
/// </summary>
internal sealed class ShardPump(
    int shard, RunBell bell, DuePoll poll, PlanSource plans, ExecutionTools tools, NodeLimits limits, ILogger logger)
{
    private const int DueBatch = 64;
    private const int PagesAPoll = 4;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    private readonly RunsInHand inHand = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> troubled = [];
    private readonly RunTakeUp takeUp = new(plans, tools, logger);
    private HashSet<Guid> foundFirst = [];
    private DueRun? reached;
    private long epoch;
    private volatile bool lost;

    /// <summary>Whether a term is under way.</summary>
    public bool Owned { get; private set; }

    /// <summary>How many runs are worked on, or wait for a place.</summary>
    public int InHand => inHand.Count;

    /// <summary>
    /// Owns the shard until asked to stop or until another owner takes it; then finishes what is in hand, for ten seconds at most (see
    /// <see cref="NodeLimits"/>).
    /// </summary>
    public async Task RunTermAsync(CancellationToken stopping)
    {
        epoch = await tools.Journal.ClaimAsync(shard, tools.Clock.GetUtcNow(), stopping);
        FailPoints.Pass(FailPoint.ClaimDurable);
        (lost, reached, foundFirst) = (false, null, []);
        Log.ShardClaimed(logger, shard, epoch);
        Owned = true;
        bell.Own(shard, true);
        using var cutOff = new CancellationTokenSource();
        // nobody stands in line in a term that is over
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, cutOff.Token);
        try
        {
            await LoopAsync(cutOff.Token, ending.Token);
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
        var nextPoll = Environment.TickCount64;
        var isFirst = true;
        while (!stopping.IsCancellationRequested && !lost)
        {
            try
            {
                while (!lost && !stopping.IsCancellationRequested && reader.TryRead(out var hint)) Take(hint, working, stopping);
                if (Environment.TickCount64 >= nextPoll)
                {
                    nextPoll = Environment.TickCount64 + (long)DuePoll.UntilNext().TotalMilliseconds;
                    await PollAsync(isFirst, working, stopping);
                    isFirst = false;
                }

                await WaitForHintAsync(reader, Math.Max(1, nextPoll - Environment.TickCount64), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is StoreUnwritableException or StoreAwayException)
            {
                // the writer says it, or who shares the shards: not each pump as well
                await Task.Delay(DuePoll.Interval, tools.Clock, CancellationToken.None);
            }
            catch (Exception e) when (e is not ShardLostException)
            {
                Log.PumpFailed(logger, shard, e);
                await Task.Delay(DuePoll.Interval, tools.Clock, CancellationToken.None);
            }
        }
    }

    // What stands in line stays due, so a backlog would be all that a poll ever sees of the shard. Behind a full batch it looks at some
    // pages more, each time those that follow, and begins anew at the end: nothing is written for it, and however long the backlog is,
    // whatever is due has its turn to be seen.
    private async Task PollAsync(bool isFirst, CancellationToken working, CancellationToken stopping)
    {
        // the first time also what was left to a bell that rang for the owner before
        var now = tools.Clock.GetUtcNow() + (isFirst ? 2 * DuePoll.Interval : TimeSpan.Zero);
        var first =
            isFirst ? await tools.Journal.DueAsync([shard], now, DueBatch, stopping) : await poll.AskAsync(shard, DueBatch, stopping);
        if (isFirst) foundFirst = [.. first];
        foreach (var id in first) Take(new RunHint(id, null), working, stopping); // one in hand is rung: its hint may have been lost
        if (first.Count < DueBatch) reached = null;
        for (var page = 0; first.Count >= DueBatch && page < PagesAPoll; page++)
        {
            var next = await tools.Journal.DueBehindAsync(shard, reached, now, DueBatch, stopping);
            foreach (var run in next) Take(new RunHint(run.RunId, null, run.WorkspaceId), working, stopping);
            reached = next.Count < DueBatch ? null : next[^1];
            if (reached is null) return;
        }
    }

    private static async Task WaitForHintAsync(
        System.Threading.Channels.ChannelReader<RunHint> reader, long milliseconds, CancellationToken stopping)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timer.CancelAfter(TimeSpan.FromMilliseconds(milliseconds));
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
        if (inHand.TryRing(hint.RunId)) return;
        // a request in its inbox keeps it due
        if (troubled.TryGetValue(hint.RunId, out var until) && tools.Clock.GetUtcNow() < until) return;
        troubled.TryRemove(hint.RunId, out _);
        if (inHand.TryTake(hint.RunId, hint.Workspace) is not { } work) return;
        work.Done = WorkAsync(hint.RunId, IsFresh(hint) ? hint.Fresh : null, work, working, stopping);
    }

    private async Task WorkAsync(Guid runId, FreshRun? fresh, RunInHand work, CancellationToken working, CancellationToken stopping)
    {
        using var pass = new RunPass(limits, work.Workspace);
        try
        {
            bool again;
            do
            {
                if (!pass.TryEnter())
                {
                    // whoever stands in line is little more than an id: there may be many, with much data each
                    if (pass.Workspace is { } its && !inHand.TryStay(work, its)) return;
                    if (fresh is not null && !limits.TryKeep(fresh)) fresh = null;
                    try
                    {
                        await pass.EnterAsync(stopping);
                    }
                    finally
                    {
                        if (fresh is not null) limits.Forget(fresh);
                    }
                }

                var through = await takeUp.TryExecuteAsync(runId, fresh, work, pass, epoch, working);
                fresh = null;
                // rung after the execution looked for the last time: look once more, so that no request waits for the poll
                again = !inHand.TryLetGo(runId, work, through);
            }
            while (again);
        }
        catch (ShardLostException)
        {
            Lose();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // stopping: the next owner goes on from the last recorded step
        }
        catch (Exception e)
        {
            await PostponeAsync(runId, e);
        }
        finally
        {
            inHand.LetGo(runId, work);
        }
    }

    // the poll leaves queued runs alone for twice this time, but for the first one of a term, so nobody else has touched a run whose hint
    // is younger
    private bool IsFresh(RunHint hint) =>
        hint.Fresh is { } run && tools.Clock.GetUtcNow() - run.State.StartedAt < DuePoll.Interval && !foundFirst.Contains(hint.RunId);

    private async Task PostponeAsync(Guid runId, Exception cause)
    {
        try
        {
            var until = tools.Clock.GetUtcNow() + AfterTrouble;
            troubled[runId] = until;
            Log.RunUnreadable(logger, runId, until, cause);
            await tools.Journal.PostponeAsync(runId, shard, epoch, until, CancellationToken.None);
        }
        catch (ShardLostException)
        {
            Lose();
        }
        catch (StoreUnwritableException)
        {
            // it stays due, and the writer says why nothing is written
        }
        catch (Exception e)
        {
            Log.PumpFailed(logger, shard, e);
        }
    }

    private void Lose()
    {
        if (!lost) Log.ShardLost(logger, shard);
        lost = true;
    }

    private async Task HandBackAsync()
    {
        try
        {
            await tools.Journal.HandBackAsync(shard, epoch, CancellationToken.None);
        }
        catch (StoreUnwritableException)
        {
            // as after a crash; the writer says why
        }
        catch (Exception e)
        {
            Log.PumpFailed(logger, shard, e); // the next owner takes it for a crash, which costs nothing but a count
        }
    }

    private async Task FinishInHandAsync(CancellationTokenSource cutOff)
    {
        var all = Task.WhenAll(inHand.Done);
        if (lost || await Task.WhenAny(all, Task.Delay(limits.Farewell, tools.Clock)) != all) await cutOff.CancelAsync();
        await all;
    }
}
