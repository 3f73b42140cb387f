using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// The state of a run in execution, and what of it is not durable yet: entries, waits, started runs and what was taken from the inbox
/// gather here and go to the journal in one commit.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="plan">Its plan.</param>
/// <param name="initial">How it stands.</param>
/// <param name="epoch">The owner's.</param>
/// <param name="tools">What executions share.</param>
/// <param name="stepCameOut">Told after each commit with more than lines and steps that begin.</param>
internal sealed class RunLedger(
    RunIdentity run, RunPlan plan, RunState initial, long epoch, ExecutionTools tools, Action? stepCameOut = null)
{
    /// <summary>How long a run may be silent in execution before another owner may take it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Dictionary<StepTurn, DateTimeOffset> calledAt = [];
    private readonly HashSet<long> seen = [];
    private List<JournalEntry> entries = [];
    private List<RunWait> waits = [];
    private List<WaitPlace> endedWaits = [];
    private List<long> inboxTaken = [];
    private List<RunStart> starts = [];

    /// <summary>The state with everything recorded so far, durable or not.</summary>
    public RunState State { get; private set; } = initial;

    /// <summary>Whether something is not durable yet.</summary>
    public bool IsDirty => entries.Count > 0 || inboxTaken.Count > 0;

    /// <summary>Whether entries are not durable yet.</summary>
    public bool HasEntries => entries.Count > 0;

    /// <summary>When the run has to end by itself; null when never.</summary>
    public DateTimeOffset? Deadline => Earlier(
        plan.Definition.Settings.Timeout is { } timeout ? State.StartedAt + timeout : null,
        plan.Definition.Settings.Exit?.TimeoutDays is { } days ? State.StartedAt + TimeSpan.FromDays(days) : null);

    /// <summary>
    /// When something is due by itself: a wait, another try, the deadline. Null when nothing is; of a paused run only its deadline and the
    /// time at which the engine resumes it count.
    /// </summary>
    public DateTimeOffset? NextDue =>
        State.Status == RunStatus.Paused ? Earlier(State.SetAside?.Until, Deadline) : Earlier(State.NextWake, Deadline);

    /// <summary>The time, in the journal's resolution of a millisecond.</summary>
    public DateTimeOffset Now() => tools.Clock.JournalNow();

    /// <summary>Records an event, or the failure that a limit makes of it, and answers what to do because of it.</summary>
    public IReadOnlyList<RunCommand> Record(RunEvent e)
    {
        e = RunLimits.Refuse(State, e) ?? e;
        var entry = new JournalEntry(State.Seq + 1, Now(), e);
        var decision = RunDecider.Decide(plan, State, entry);
        NoteWaits(e, entry.At, decision.State);
        State = decision.State;
        entries.Add(entry);
        return decision.Commands;
    }

    /// <summary>Notes when a step that may wait was called: signals from then on count.</summary>
    public void NoteCall(StepPlace place, DateTimeOffset at) => calledAt.TryAdd(place.In(State), at);

    /// <summary>Adds a run that is started in the next commit.</summary>
    public void Start(RunStart start) => starts.Add(start);

    /// <summary>Takes a request of the inbox for recording; false when it was taken before.</summary>
    public bool Take(RunRequest request)
    {
        if (!seen.Add(request.Id)) return false;
        inboxTaken.Add(request.Id);
        return true;
    }

    /// <summary>Makes everything durable and tells the feed.</summary>
    /// <param name="busy">Whether the run is still worked on, so that its lease has to run.</param>
    /// <param name="cancellationToken">Does not undo what is on its way.</param>
    public async ValueTask FlushAsync(bool busy, CancellationToken cancellationToken)
    {
        if (!IsDirty) return;
        var flushed = entries;
        var append = new RunAppend(run, epoch, flushed, Header(busy), waits, endedWaits, inboxTaken)
        {
            Starts = starts,
            Concurrency = State.IsFinal ? plan.Definition.Settings.Concurrency : null,
            Result = State.IsFinal && run.ParentId is not null ? RunResult.Of(run.RunId, State, RunSteps.Failed(plan, State)) : default,
        };
        (entries, waits, endedWaits, inboxTaken, starts) = ([], [], [], [], []);
        await tools.Journal.AppendAsync(append, cancellationToken);
        FailPoints.Pass(FailPoint.AppendDurable);
        if (State.IsFinal && !run.IsTest) tools.Runs?.Ended(State.Status, State.LastAt - State.StartedAt);
        if (stepCameOut is not null && flushed.Exists(e => e.Event is not (RunEvent.Log or RunEvent.StepStarted))) stepCameOut();
        tools.Feed.Publish(run, flushed);
    }

    /// <summary>
    /// Moves the time at which the run is due, and nothing else: renews the lease, or puts a run back that had nothing to do.
    /// </summary>
    public Task MoveWakeAsync(bool busy, CancellationToken cancellationToken) =>
        tools.Journal.AppendAsync(new RunAppend(run, epoch, [], Header(busy), [], [], []), cancellationToken);

    private RunHeader Header(bool busy)
    {
        if (State.IsFinal)
            return new RunHeader(State.Status, FailedNode(), StepsDone(), null, State.Failure?.Code, State.Failure?.Message, State.LastAt);
        var now = Now();
        var wakeAt = busy ? now + Lease : NextDue ?? now + WakeTimes.Never;
        var status = busy && State.Status != RunStatus.Paused ? RunStatus.Running : State.Status;
        return new RunHeader(status, CurrentNode(), StepsDone(), wakeAt, State.SetAside?.Code, State.SetAside?.Message, null);
    }

    // the steps inside a for-each are done with it, when it ends well
    private int StepsDone()
    {
        if (plan.Regions.Count == 1) return State.StepsDone;
        var done = 0;
        foreach (var step in plan.Steps)
        {
            var root = State.Steps[plan.RootOf(step).Index];
            if (step.Region == 0 ? root.HasRun : root.Status == StepStatus.Done) done++;
        }

        return done;
    }

    // the step whose failure ended the run; null when a limit or the time did
    private string? FailedNode()
    {
        if (State.Status != RunStatus.Failed) return null;
        PlanStep? failed = null;
        foreach (var index in plan.Regions[0].Steps)
        {
            var (step, known) = (plan.Steps[index], State.Steps[index]);
            if (known.Status == StepStatus.Failed && step.Node.OnError == OnError.Fail && known.ErrorCode == State.Failure?.Code)
                failed = step;
        }

        return failed?.Node.Id;
    }

    // the step that is worked on, else the first that waits
    private string? CurrentNode() =>
        (RunSteps.First(plan, State, static s => s == StepStatus.Running)
            ?? RunSteps.First(plan, State, static s => s is StepStatus.Waiting or StepStatus.Retrying or StepStatus.Looping))?.Node.Id;

    private void NoteWaits(RunEvent e, DateTimeOffset at, RunState next)
    {
        switch (e)
        {
            case RunEvent.StepParked p:
                var place = new StepPlace(plan.Steps[plan.IndexOf(p.Node)], p.Iteration);
                var known = State[place]!;
                var since = known.ListensSince ?? (calledAt.TryGetValue(place.In(State), out var called) ? called : at);
                waits.Add(new RunWait(p.Node, p.Until, p.Signal, since, p.Iteration, Math.Max(known.Heard, State.Heard)));
                break;
            case RunEvent.StepWoken k:
                EndWait(k.Node, k.Iteration);
                break;
            case RunEvent.RunCompleted or RunEvent.RunFailed or RunEvent.RunCanceled or RunEvent.IterationEnded or RunEvent.StepFailed
                or RunEvent.StepCompleted:
                if (next.IsFinal || State.Frames.Count > next.Frames.Count || e is RunEvent.IterationEnded) EndLostWaits(next);
                break;
        }
    }

    // the waits of steps that the event ended: the run's, or those of iterations that are no longer under way
    private void EndLostWaits(RunState next)
    {
        foreach (var (place, known) in RunSteps.Of(plan, State))
            if (known.Status == StepStatus.Waiting && next[place]?.Status != StepStatus.Waiting) EndWait(place.Id, place.Iteration);
    }

    private void EndWait(string node, string? iteration)
    {
        // began since the last commit: it was never stored
        foreach (var lost in waits.FindAll(w => w.NodeId == node && w.Iteration == iteration))
        {
            waits.Remove(lost);
            // nor was the run whose end it is about, and nobody wants it now
            starts.RemoveAll(s => RunResult.FinishedSignal(s.Run.RunId) == lost.Signal);
        }

        endedWaits.Add(new WaitPlace(node, iteration));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
