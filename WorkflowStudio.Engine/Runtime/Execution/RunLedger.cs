using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// The state of a run in execution, and what of it is not durable yet: entries, waits and the place in the inbox gather here and go to the
/// journal in one commit.
/// </summary>
internal sealed class RunLedger(RunIdentity run, RunPlan plan, RunState initial, long epoch, ExecutionTools tools)
{
    /// <summary>How long a run may be silent in execution before another owner may take it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // a run that waits for a signal alone is looked at again after ten years
    private static readonly TimeSpan Never = TimeSpan.FromDays(3650);

    private readonly Dictionary<string, DateTimeOffset> calledAt = [];
    private List<JournalEntry> entries = [];
    private List<RunWait> waits = [];
    private List<WaitPlace> endedWaits = [];
    private List<long> inboxTaken = [];

    /// <summary>The state with everything recorded so far, durable or not.</summary>
    public RunState State { get; private set; } = initial;

    /// <summary>Whether something is not durable yet.</summary>
    public bool IsDirty => entries.Count > 0 || inboxTaken.Count > 0;

    /// <summary>Whether entries are not durable yet.</summary>
    public bool HasEntries => entries.Count > 0;

    /// <summary>The time, in the journal's resolution of a millisecond.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(tools.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Records an event, or the failure that a limit makes of it, and answers what to do because of it.</summary>
    public IReadOnlyList<RunCommand> Record(RunEvent e)
    {
        e = RunLimits.Refuse(State, e) ?? e;
        if (e is RunEvent.RunFailed or RunEvent.RunCanceled) EndWaits();
        var entry = new JournalEntry(State.Seq + 1, Now(), e);
        if (e is RunEvent.StepParked p) waits.Add(new RunWait(p.Node, p.Until, p.Signal, ListensSince(p.Node) ?? entry.At));
        else if (e is RunEvent.StepWoken k) EndWait(k.Node);
        var decision = RunDecider.Decide(plan, State, entry);
        State = decision.State;
        entries.Add(entry);
        return decision.Commands;
    }

    /// <summary>Notes when a step that may wait was called: signals from then on count.</summary>
    public void NoteCall(string node, DateTimeOffset at) => calledAt[node] = at;

    /// <summary>Takes a request of the inbox for recording; false when it was taken before.</summary>
    public bool Take(RunRequest request)
    {
        if (inboxTaken.Contains(request.Id)) return false;
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
        var append = new RunAppend(run, epoch, flushed, Header(busy), waits, endedWaits, inboxTaken);
        (entries, waits, endedWaits, inboxTaken) = ([], [], [], []);
        await tools.Journal.AppendAsync(append, cancellationToken);
        tools.Feed.Publish(run, flushed);
    }

    /// <summary>Moves the time at which the run is due, and nothing else: renews the lease, or puts a run back that had nothing to do.</summary>
    public Task MoveWakeAsync(bool busy, CancellationToken cancellationToken) =>
        tools.Journal.AppendAsync(new RunAppend(run, epoch, [], Header(busy), [], [], []), cancellationToken);

    private RunHeader Header(bool busy)
    {
        if (State.IsFinal)
            return new RunHeader(State.Status, null, State.StepsOver, null, State.Failure?.Code, State.Failure?.Message, State.LastAt);
        var now = Now();
        var wakeAt = busy ? now + Lease : State.NextWake ?? now + Never;
        return new RunHeader(busy ? RunStatus.Running : State.Status, CurrentNode(), State.StepsOver, wakeAt, null, null, null);
    }

    private string? CurrentNode()
    {
        string? waiting = null;
        foreach (var step in plan.Steps)
        {
            var status = State.Steps[step.Index].Status;
            if (status == StepStatus.Running) return step.Node.Id;
            if (status is StepStatus.Waiting or StepStatus.Retrying) waiting ??= step.Node.Id;
        }

        return waiting;
    }

    private void EndWaits()
    {
        foreach (var step in plan.Steps)
            if (State.Steps[step.Index].Status == StepStatus.Waiting) EndWait(step.Node.Id);
    }

    private void EndWait(string node)
    {
        waits.RemoveAll(w => w.NodeId == node); // one that began since the last commit was never stored
        endedWaits.Add(new WaitPlace(node, null));
    }

    // from the journal where it knows, so that a crash in between loses no signal
    private DateTimeOffset? ListensSince(string node) =>
        State.Steps[plan.IndexOf(node)].ListensSince ?? (calledAt.TryGetValue(node, out var at) ? at : null);
}
