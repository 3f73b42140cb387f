using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

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

    /// <summary>
    /// The state after one more entry. Throws <see cref="InvalidOperationException"/> when the entry is not allowed there.
    /// </summary>
    public static RunState Apply(RunPlan plan, RunState state, in JournalEntry entry)
    {
        if (entry.Seq != state.Seq + 1)
            throw new InvalidOperationException($"Journal entry {entry.Seq} follows {state.Seq}: one is missing or doubled.");
        var e = entry.Event;
        var status = RunTransitions.Next(state.Status, e.Kind)
            ?? throw new InvalidOperationException($"{e.Kind} is not allowed for a run that is {state.Status}.");
        var next = state with
        {
            Status = status,
            Seq = entry.Seq,
            LastAt = entry.At,
            Bytes = state.Bytes + RunLimits.SizeOf(e),
            Uncounted = state.Uncounted + (e is { Iteration: not null } and not RunEvent.Log ? 1 : 0),
        };
        switch (e)
        {
            case RunEvent.RunStarted s:
                return Start(next, s, entry.At);
            case RunEvent.Log:
                return next with { LogLines = state.LogLines + 1 };
            case RunEvent.RunFailed f:
                return CloseSteps(next with { Failure = f }, entry);
            case RunEvent.RunCompleted c:
                return CloseSteps(next with { Output = c.Output }, entry);
            case RunEvent.RunCanceled:
                return CloseSteps(next, entry);
            case RunEvent.RunPaused p:
                return next with { SetAside = p.Code is null ? null : new SetAside(p.Code, p.Message, p.Until) };
            case RunEvent.RunResumed:
                return Settled(next with { SetAside = null });
        }

        var index = plan.IndexOf(e.NodeId!);
        if (index < 0) throw new InvalidOperationException($"The journal names the step “{e.NodeId}”, which this version does not have.");
        return Settled(ApplyToStep(plan, next, plan.Steps[index], entry));
    }

    private static RunState Start(RunState state, RunEvent.RunStarted e, DateTimeOffset at)
    {
        if ((e.Flags & ~RunFlagSet.Known) != 0)
            throw new InvalidOperationException($"The run was started by a newer version of the studio (flags {(int)e.Flags}), which does "
                + "some things otherwise. Update this server.");
        return state with
        {
            Held = state.Held + RunLimits.SizeOf(e.Payload),
            Payload = e.Payload,
            UpTo = e.UpTo,
            Heard = e.Heard,
            TraceParent = e.TraceParent,
            Flags = e.Flags,
            StartedAt = at,
        };
    }

    private static RunState ApplyToStep(RunPlan plan, RunState state, PlanStep step, in JournalEntry entry)
    {
        if (entry.Event is RunEvent.IterationEnded ended) return LoopFold.EndIteration(plan, state, step, ended);
        var place = new StepPlace(step, entry.Event.Iteration);
        var known = state[place]
            ?? throw new InvalidOperationException(
                $"The journal names the iteration {place.Iteration} of the step “{place.Id}”, which is not under way.");
        if (entry.Event is RunEvent.RoundStarted) return BeginRound(plan, state, place, entry);
        var next = state.With(place, Step(step, known, entry));
        return entry.Event switch
        {
            RunEvent.LoopStarted l => LoopFold.Begin(plan, next, place, l),
            RunEvent.StepCompleted when known.Loop is not null => LoopFold.Close(plan, next, place),
            RunEvent.StepFailed when known.Loop is not null => LoopFold.Close(plan, next, place),
            RunEvent.StepCompleted when step.Type.SendsMessage && !step.Node.Disabled => next with { Messages = next.Messages + 1 },
            _ => next,
        };
    }

    private static StepState Step(PlanStep planned, StepState step, in JournalEntry entry)
    {
        var e = entry.Event;
        var status = RunTransitions.Next(step.Status, e.Kind)
            ?? throw new InvalidOperationException($"{e.Kind} is not allowed for the step “{e.NodeId}”, which is {step.Status}.");
        var next = step with
        { Status = status, Attempt = Math.Max(step.Attempt, e.Attempt), StartedAt = step.StartedAt ?? entry.At, Events = step.Events + 1 };
        return e switch
        {
            RunEvent.StepStarted => next with { Until = null, ListensSince = next.ListensSince ?? entry.At },
            RunEvent.StepCompleted s => Ended(next, entry) with { Output = s.Output, Port = s.Port },
            RunEvent.StepFailed s => Ended(next, entry) with
            { ErrorCode = s.Code, ErrorMessage = s.Message, Cause = s.Cause, Output = ErrorOutput.Of(planned.Node, s) },
            RunEvent.RetryScheduled s => next with { Until = s.At, Signal = null, ErrorCode = s.Code, ErrorMessage = s.Message },
            RunEvent.StepParked s => next with
            {
                Until = s.Until,
                Signal = s.Signal,
                Match = s.Match,
                Caption = s.Caption,
                Memory = s.State,
                ListensSince = next.ListensSince ?? entry.At,
            },
            RunEvent.StepWoken s => next with
            {
                Until = null,
                Signal = null,
                Match = default,
                Caption = null,
                Wake = new NodeWake(s.Why, s.Signal, s.Data),
                Heard = Math.Max(next.Heard, s.SignalId),
            },
            RunEvent.StepSkipped => Ended(next, entry),
            _ => next,
        };
    }

    private static StepState Ended(StepState step, in JournalEntry entry) =>
        step with
        {
            Until = null,
            Signal = null,
            Match = default,
            Caption = null,
            Memory = default,
            Wake = NodeWake.FirstCall,
            EndedAt = entry.At,
            EndedSeq = entry.Seq,
        };

    // the outputs of the last round stay readable until the next ones come
    private static RunState BeginRound(RunPlan plan, RunState state, StepPlace header, in JournalEntry entry)
    {
        var round = plan.Rounds.FirstOrDefault(r => r.Header == header.Step.Index)
            ?? throw new InvalidOperationException(
                $"The journal begins a round at the step “{header.Id}”, to which no link leads back in this version.");
        var over = 1L; // this entry
        foreach (var index in round.Steps)
        {
            var place = header with { Step = plan.Steps[index] };
            var known = state[place]!;
            if (RunTransitions.Next(known.Status, entry.Event.Kind) is null)
                throw new InvalidOperationException($"A new round is not allowed while the step “{place.Id}” is {known.Status}.");
            state = state.With(place, new StepState { Round = known.Round + 1, Output = known.Output, EndedSeq = known.EndedSeq });
            over += known.Events;
        }

        return header.Iteration is null ? state with { Uncounted = state.Uncounted + over } : state;
    }

    private static RunState CloseSteps(RunState state, in JournalEntry entry)
    {
        var steps = state.Steps.ToBuilder();
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Status is StepStatus.Running or StepStatus.Waiting or StepStatus.Retrying or StepStatus.Looping)
                steps[i] = Ended(steps[i], entry) with { Status = StepStatus.Canceled, Loop = null };
        return state with { Steps = steps.DrainToImmutable(), Frames = state.Frames.Clear() };
    }

    private static RunState Settled(RunState state)
    {
        int running = 0, waiting = 0;
        Count(state.Steps, ref running, ref waiting);
        if (!state.Frames.IsEmpty)
            foreach (var frame in state.Frames.Values) Count(frame.Steps, ref running, ref waiting);
        var status = RunTransitions.Settle(state.Status, running, waiting);
        return status == state.Status ? state : state with { Status = status };
    }

    private static void Count(System.Collections.Immutable.ImmutableArray<StepState> steps, ref int running, ref int waiting)
    {
        foreach (var step in steps)
        {
            if (step.Status == StepStatus.Running) running++;
            else if (step.Status is StepStatus.Waiting or StepStatus.Retrying) waiting++;
        }
    }
}
