using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Finds the run that kills the server among those that were in execution when it died. A run that was there twice without getting on is a
/// suspect. Suspects take turns, one at a time on a node, and whose turn it is is made durable before. A server may die in a turn for a
/// reason of its own, so only a run in whose turns it died three times, at growing distances, is set aside (see docs/run-lifecycle.md).
/// </summary>
internal sealed class SuspectWatch(ExecutionTools tools)
{
    /// <summary>How often a server must have died before a run is a suspect.</summary>
    public const int Suspicious = 2;

    /// <summary>In how many of its turns a server must have died before a run is set aside.</summary>
    public const int Convincing = 3;

    /// <summary>After how long a run that was set aside is tried again by itself, once.</summary>
    public static readonly TimeSpan SecondChance = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstTurn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(10);

    // whatever kills servers from outside again and again has to hit the same run at each of these distances
    private static readonly TimeSpan[] BetweenTrials = [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2)];

    /// <summary>
    /// Executes a suspect in its turn. The turn ends when something has come of the step that it was at, which clears it, or after a while:
    /// then others have theirs and this one goes on beside them. So a crash that had hundreds in execution costs each of the innocent one
    /// step in a row, not a whole run.
    /// </summary>
    /// <param name="record">The run.</param>
    /// <param name="pass">What it holds, the turn among it.</param>
    /// <param name="epoch">The owner's.</param>
    /// <param name="execute">Executes it, and tells when something came of it.</param>
    /// <param name="working">Cuts off.</param>
    public async Task ExecuteAsync(RunRecord record, RunPass pass, long epoch, Func<Action, Task> execute, CancellationToken working)
    {
        var execution = Task.CompletedTask;
        var stepCameOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await tools.Journal.SetCrashesAsync(record.Run, epoch, -record.Crashes, record.Trials, working);
            Diagnostics.FailPoints.Pass(Diagnostics.FailPoint.SuspectMarked);
            execution = execute(() => stepCameOut.TrySetResult());
            using var turn = new CancellationTokenSource();
            await Task.WhenAny(execution, stepCameOut.Task, Task.Delay(Turn(record.Crashes), tools.Clock, turn.Token));
            await turn.CancelAsync();
            var cleared = execution.IsCompletedSuccessfully || stepCameOut.Task.IsCompleted;
            // a turn that ended without a death ends the row of them
            await tools.Journal.SetCrashesAsync(record.Run, epoch, cleared ? 0 : record.Crashes, 0, CancellationToken.None);
        }
        finally
        {
            pass.EndTurn();
            await execution;
        }
    }

    /// <summary>The line may be long: whoever stands there is not found due again and again.</summary>
    public Task PostponeAsync(RunIdentity run, long epoch, CancellationToken working) =>
        tools.Journal.PostponeAsync(run.RunId, run.Shard, epoch, tools.Clock.GetUtcNow() + RunLedger.Lease, working);

    /// <summary>Puts a run off in whose turn the server died, until its next one; false when that happened often enough.</summary>
    public async Task<bool> TryPutOffAsync(RunRecord record, long epoch, CancellationToken working)
    {
        var died = record.Trials + 1;
        if (died >= Convincing) return false;
        // first the time: an owner that dies between the two leaves the run to be judged anew, not to be tried at once
        await tools.Journal.PostponeAsync(
            record.Run.RunId, record.Run.Shard, epoch, tools.Clock.GetUtcNow() + BetweenTrials[record.Trials], working);
        await tools.Journal.SetCrashesAsync(record.Run, epoch, -record.Crashes, died, working);
        return true;
    }

    /// <summary>Whether a run waits for its next turn, whatever else is wanted of it; only a cancel does not wait for that.</summary>
    public async Task<bool> IsPutOffAsync(RunRecord record, CancellationToken working) =>
        record is { Trials: > 0, Crashes: > 0 } && record.WakeAt > tools.Clock.GetUtcNow()
        && !(await tools.Journal.InboxAsync(record.Run.RunId, working)).Any(r => r.Kind == State.RunRequestKind.Cancel);

    /// <summary>What is to be said of a run in whose turn the server died, should that have been once too often.</summary>
    public SuspectVerdict Judge(RunRecord record, WorkflowDefinition definition)
    {
        DateTimeOffset? goesOnAt =
            record.Entries.Any(e => e.Event is RunEvent.RunResumed { By: RunEvent.Engine }) ? null : tools.Clock.GetUtcNow() + SecondChance;
        return new SuspectVerdict(Verdict(record, definition, goesOnAt is not null), goesOnAt);
    }

    /// <summary>What people are told of a run in whose turns the server died: how often, at which step, and what comes next.</summary>
    public static string Verdict(RunRecord record, WorkflowDefinition definition, bool goesOn)
    {
        var last = record.Entries.LastOrDefault(e => e.Event.NodeId is not null).Event;
        var name =
            definition.Nodes.FirstOrDefault(n => n.Id == last?.NodeId) is { } node ? node.Name.Length > 0 ? node.Name : node.Id : null;
        var place = name is null ? "at its first step"
            : last is RunEvent.StepStarted or RunEvent.StepWoken or RunEvent.Log ? $"at the step “{name}”"
            : $"behind the step “{name}”";
        var next = goesOn
            ? "It is tried once more by itself after an hour. Until then look into the server's log, try again now, or cancel the run."
            : "Look into the server's log, then try again or cancel the run.";
        return $"The run was being watched when the server died, {record.Trials + 1} times in a row, {place}. {next}";
    }

    // one that dies late must meet a turn that is long enough some day
    private static TimeSpan Turn(int crashes)
    {
        var turn = FirstTurn * Math.Pow(2, Math.Min(crashes - Suspicious, 10));
        return turn < LongestTurn ? turn : LongestTurn;
    }
}

/// <summary>What people are told of a run in whose turns the server died.</summary>
/// <param name="Text">How often, at which step, and what comes next.</param>
/// <param name="GoesOnAt">When it goes on by itself; null when it did so before.</param>
internal sealed record SuspectVerdict(string Text, DateTimeOffset? GoesOnAt);
