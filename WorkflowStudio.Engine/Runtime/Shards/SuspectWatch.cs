using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Finds the run that kills the server among those that were in execution when it died. A run that was there twice without getting on is a
/// suspect. Suspects take turns, one at a time on a node, and whose turn it is is made durable before: when the server dies then, it was that
/// one (see docs/run-lifecycle.md).
/// </summary>
internal sealed class SuspectWatch(ExecutionTools tools)
{
    /// <summary>How often a server must have died before a run is a suspect.</summary>
    public const int Suspicious = 2;

    private static readonly TimeSpan FirstTurn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Executes a suspect in its turn. The turn ends when something has come of the step that it was at, which clears it, or after a while: then
    /// others have theirs and this one goes on beside them. So a crash that had hundreds in execution costs each of the innocent one step in a row, not a whole run.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="pass">What it holds, the turn among it.</param>
    /// <param name="epoch">The owner's.</param>
    /// <param name="crashes">How often a server died with it.</param>
    /// <param name="execute">Executes it, and tells when something came of it.</param>
    /// <param name="working">Cuts off.</param>
    public async Task ExecuteAsync(RunIdentity run, RunPass pass, long epoch, int crashes, Func<Action, Task> execute, CancellationToken working)
    {
        var execution = Task.CompletedTask;
        var stepCameOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await tools.Journal.SetCrashesAsync(run, epoch, -crashes, working);
            Diagnostics.FailPoints.Pass(Diagnostics.FailPoint.SuspectMarked);
            execution = execute(() => stepCameOut.TrySetResult());
            using var turn = new CancellationTokenSource();
            await Task.WhenAny(execution, stepCameOut.Task, Task.Delay(Turn(crashes), tools.Clock, turn.Token));
            await turn.CancelAsync();
            await tools.Journal.SetCrashesAsync(run, epoch, execution.IsCompletedSuccessfully || stepCameOut.Task.IsCompleted ? 0 : crashes, CancellationToken.None);
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

    /// <summary>What people are told of a run that was the only suspect when the server died: how often, and at which step.</summary>
    public static string Verdict(RunRecord record, WorkflowDefinition definition)
    {
        var last = record.Entries.LastOrDefault(e => e.Event.NodeId is not null).Event;
        var name = definition.Nodes.FirstOrDefault(n => n.Id == last?.NodeId) is { } node ? node.Name.Length > 0 ? node.Name : node.Id : null;
        var place = name is null ? "at its first step" : last is RunEvent.StepStarted or RunEvent.StepWoken or RunEvent.Log ? $"at the step “{name}”" : $"behind the step “{name}”";
        return $"The server died {1 - record.Crashes} times while the run was {place}, the last time while it was watched. Look into the server's log, then try again or cancel the run.";
    }

    // one that dies late must meet a turn that is long enough some day
    private static TimeSpan Turn(int crashes)
    {
        var turn = FirstTurn * Math.Pow(2, Math.Min(crashes - Suspicious, 10));
        return turn < LongestTurn ? turn : LongestTurn;
    }
}
