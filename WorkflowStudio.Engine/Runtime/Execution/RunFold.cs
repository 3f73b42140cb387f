using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>Folds journal entries into the state of a run.</summary>
public static class RunFold
{
    /// <summary>The state after all entries.</summary>
    public static RunState Replay(RunPlan plan, IEnumerable<JournalEntry> entries)
    {
        var state = RunState.Before(plan.Steps.Count);
        foreach (var entry in entries) state = Apply(plan, state, entry);
        return state;
    }

    /// <summary>The state after one more entry. Throws <see cref="InvalidOperationException"/> when the entry is not allowed there.</summary>
    public static RunState Apply(RunPlan plan, RunState state, in JournalEntry entry)
    {
        if (entry.Seq != state.Seq + 1) throw new InvalidOperationException($"Journal entry {entry.Seq} follows {state.Seq}: one is missing or doubled.");
        var e = entry.Event;
        var status = RunTransitions.Next(state.Status, e.Kind)
            ?? throw new InvalidOperationException($"{e.Kind} is not allowed for a run that is {state.Status}.");
        var next = state with { Status = status, Seq = entry.Seq, LastAt = entry.At, Bytes = state.Bytes + RunLimits.SizeOf(e) };
        switch (e)
        {
            case RunEvent.RunStarted s:
                return next with { Payload = s.Payload, StartedAt = entry.At };
            case RunEvent.Log:
                return next with { LogLines = state.LogLines + 1 };
            case RunEvent.RunFailed f:
                return CloseSteps(next with { Failure = f }, entry);
            case RunEvent.RunCanceled:
                return CloseSteps(next, entry);
            case RunEvent.RunCompleted:
                return next;
        }

        var index = plan.IndexOf(e.NodeId!);
        if (index < 0) throw new InvalidOperationException($"The journal names the step “{e.NodeId}”, which this version does not have.");
        var steps = next.Steps.SetItem(index, Step(next.Steps[index], entry));
        return Settled(next with { Steps = steps });
    }

    private static StepState Step(StepState step, in JournalEntry entry)
    {
        var e = entry.Event;
        var status = RunTransitions.Next(step.Status, e.Kind)
            ?? throw new InvalidOperationException($"{e.Kind} is not allowed for the step “{e.NodeId}”, which is {step.Status}.");
        var next = step with { Status = status, Attempt = Math.Max(step.Attempt, e.Attempt), StartedAt = step.StartedAt ?? entry.At };
        return e switch
        {
            RunEvent.StepStarted => next with { Until = null, ListensSince = next.ListensSince ?? entry.At },
            RunEvent.StepCompleted s => Ended(next, entry) with { Output = s.Output, Port = s.Port },
            RunEvent.StepFailed s => Ended(next, entry) with { ErrorCode = s.Code, ErrorMessage = s.Message },
            RunEvent.RetryScheduled s => next with { Until = s.At, Signal = null, ErrorCode = s.Code, ErrorMessage = s.Message },
            RunEvent.StepParked s => next with { Until = s.Until, Signal = s.Signal, Caption = s.Caption, Memory = s.State, ListensSince = next.ListensSince ?? entry.At },
            RunEvent.StepWoken s => next with { Until = null, Signal = null, Caption = null, Wake = new NodeWake(s.Why, s.Signal, s.Data), ListensSince = s.Why == NodeWakeKind.Signal ? entry.At : next.ListensSince },
            RunEvent.StepSkipped => Ended(next, entry),
            _ => next,
        };
    }

    private static StepState Ended(StepState step, in JournalEntry entry) =>
        step with { Until = null, Signal = null, Caption = null, Memory = default, Wake = NodeWake.FirstCall, EndedAt = entry.At, EndedSeq = entry.Seq };

    private static RunState CloseSteps(RunState state, in JournalEntry entry)
    {
        var steps = state.Steps.ToBuilder();
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Status is StepStatus.Running or StepStatus.Waiting or StepStatus.Retrying)
                steps[i] = Ended(steps[i], entry) with { Status = StepStatus.Canceled };
        return state with { Steps = steps.MoveToImmutable() };
    }

    private static RunState Settled(RunState state)
    {
        int running = 0, waiting = 0;
        foreach (var step in state.Steps)
        {
            if (step.Status == StepStatus.Running) running++;
            else if (step.Status is StepStatus.Waiting or StepStatus.Retrying) waiting++;
        }

        return state with { Status = RunTransitions.Settle(state.Status, 0, running, waiting) };
    }
}
