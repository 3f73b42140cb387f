using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Turns what happens to a run into events of its ledger, and does what the decider answers by itself, in the order in which it was
/// decided. What is left to others are the calls of steps.
/// </summary>
internal sealed class RunRecorder(RunPlan plan, RunLedger ledger, StepCalls steps)
{
    private static readonly JsonElement EmptyObject = JsonSerializer.Deserialize<JsonElement>("{}");

    private readonly Queue<RunCommand> commands = new();

    /// <summary>Whether something is left to do.</summary>
    public bool HasCommands => commands.Count > 0;

    private RunState State => ledger.State;

    /// <summary>Finds out what is left to do of a run that is taken up.</summary>
    public void TakeUp() => Enqueue(RunDecider.Resume(plan, State));

    /// <summary>
    /// Does what was decided up to the next step that is to be called; false when nothing is left. A run that is paused has nothing to do:
    /// it is decided anew when it goes on.
    /// </summary>
    public bool TryNextCall(out CallToMake call)
    {
        if (State.Status == RunStatus.Paused) commands.Clear();
        while (!State.IsFinal && commands.TryDequeue(out var command))
        {
            if (command is not RunCommand.ExecuteStep e) Perform(command);
            else if (State[e.Place] is { IsOver: false }) // else its iteration ended
            {
                call = new CallToMake(e.Place, e.Attempt, State.TurnOf(e.Place));
                return true;
            }
        }

        call = default;
        return false;
    }

    /// <summary>
    /// Records an event. A pause ends what was to be done: it is decided anew when the run goes on, which may be at once.
    /// </summary>
    public void Record(RunEvent e)
    {
        Enqueue(ledger.Record(e));
        if (e is RunEvent.RunPaused) commands.Clear();
    }

    /// <summary>Records that a step with an outside effect is about to be called, unless that is known.</summary>
    public void RecordStart(in CallToMake call)
    {
        if (State[call.Place]?.Status == StepStatus.NotStarted)
            Record(new RunEvent.StepStarted(call.Place.Id, call.Attempt) { Iteration = call.Place.Iteration });
    }

    /// <summary>Records what a call came to, unless what it was made for is over.</summary>
    public void RecordOutcome(in CallToMake called, in StepResult result)
    {
        RecordLines();
        if (State.IsFinal) return;
        var place = called.Place;
        if (State[place] is not { IsOver: false } known || !called.IsStillMeant(State))
        {
            // told, and with it the header learns that the call is no longer under way
            Log(place, called.Attempt, NodeLogLevel.Info, "What it was called for had ended before it answered; the answer is not used.");
            return;
        }

        var attempt = Math.Max(Math.Max(known.Attempt, called.Attempt), 1);
        var outcome = result.Outcome is NodeOutcome.ForEach loop
            ? RunLimits.RefuseLoop(plan, State, place.Step, loop) ?? result.Outcome
            : result.Outcome;
        Record(EventOf(place, attempt, outcome, result.Start) with { Iteration = place.Iteration });
        if (result.Start is not null && !State.IsFinal) ledger.Start(result.Start);
        if (result.Outcome is NodeOutcome.EndRun end && !State.IsFinal)
            Record(new RunEvent.RunCompleted { Output = end.Output, Early = "It came to an end step." });
    }

    /// <summary>Records the lines that steps have logged since, as many as a run may have.</summary>
    public void RecordLines()
    {
        while (steps.TryTakeLine(out var line))
        {
            if (State.IsFinal || State.LogLines > RunLimits.MaxLogLines) continue;
            Record(State.LogLines < RunLimits.MaxLogLines
                ? line
                : line with
                {
                    Level = NodeLogLevel.Warning,
                    Text = $"The run has written {RunLimits.MaxLogLines:N0} lines; further ones are not kept.",
                });
        }
    }

    /// <summary>Records what wakes a step. Another try has no cause of its own in the journal: it is called from here.</summary>
    public void RecordWake(RunEvent e)
    {
        if (State.IsFinal) return;
        Record(e);
        if (e is RunEvent.StepStarted s)
            commands.Enqueue(new RunCommand.ExecuteStep(new StepPlace(plan.Steps[plan.IndexOf(s.Node)], s.Iteration), s.Try));
    }

    /// <summary>
    /// Ends a run in which nothing is under way and nothing waits. Never reached by a definition that the validator let pass: better a
    /// clear end than a run that hangs.
    /// </summary>
    public bool EndsForWantOfAWay()
    {
        if (State.Status == RunStatus.Paused
            || RunSteps.First(plan, State, static s => s is StepStatus.Waiting or StepStatus.Retrying) is not null) return false;
        Record(new RunEvent.RunFailed("no_way_on", "The steps that are left wait for each other. Remove the loop between them."));
        return true;
    }

    private void Enqueue(IReadOnlyList<RunCommand> next)
    {
        for (var i = 0; i < next.Count; i++) commands.Enqueue(next[i]);
    }

    // of a turn that two branches found, one after the other, only the first counts
    private void Perform(RunCommand command)
    {
        switch (command)
        {
            case RunCommand.SkipStep { Place: var place } when IsNotStarted(place):
                Record(new RunEvent.StepSkipped(place.Id) { Iteration = place.Iteration });
                break;
            case RunCommand.PassStep { Place: var place } when IsNotStarted(place):
                Record(new RunEvent.StepCompleted(place.Id, 1, EmptyObject, null) { Iteration = place.Iteration });
                break;
            case RunCommand.BeginRound { Place: var place } when State[place] is { IsOver: true }:
                Record(new RunEvent.RoundStarted(place.Id) { Iteration = place.Iteration });
                break;
            case RunCommand.EndIteration i:
                EndIteration(i);
                break;
            case RunCommand.EndLoop l:
                EndLoop(l.Place);
                break;
            case RunCommand.Finish { Failure: { } failure }:
                Record(new RunEvent.RunFailed(failure.Code, failure.Message));
                break;
            case RunCommand.Finish f:
                Record(new RunEvent.RunCompleted { Output = f.Output, Early = f.Early });
                break;
        }
    }

    private RunEvent EventOf(StepPlace place, int attempt, NodeOutcome outcome, RunStart? start) => outcome switch
    {
        NodeOutcome.Completed c => new RunEvent.StepCompleted(place.Id, attempt, c.Output, c.Port),
        NodeOutcome.EndRun e => new RunEvent.StepCompleted(place.Id, attempt, e.Output, null),
        NodeOutcome.Waiting w =>
            new RunEvent.StepParked(place.Id, attempt, w.Until?.ToJournal(), w.Signal, w.State, w.Caption) { Match = w.Match },
        NodeOutcome.ForEach l => new RunEvent.LoopStarted(place.Id, attempt, l.Items, l.Concurrency, l.KeepGoing),
        NodeOutcome.StartRun s => ChildEvents.Of(place.Id, attempt, start!.Run.RunId, s.Wait),
        NodeOutcome.Failed f when RetryRule.Next(
            place.Step.Node.Retry, attempt, f, steps.EffectKey(State, place), ledger.Now()) is { } at =>
            new RunEvent.RetryScheduled(place.Id, attempt, f.Code, f.Message, at.ToJournal()),
        NodeOutcome.Failed f => new RunEvent.StepFailed(place.Id, attempt, f.Code, f.Message) { Cause = f.Cause },
        _ => throw new InvalidOperationException($"Recording the outcome of {place.Id}: {outcome.GetType().Name} is not known."),
    };

    private void EndIteration(RunCommand.EndIteration e)
    {
        if (!State.Frames.ContainsKey(new FrameKey(e.Loop.Body, e.Path))) return;
        var (output, failure) = e.Failure is null ? steps.Collect(State, e.Loop, e.Path, ledger.Now()) : (default, e.Failure);
        Record(new RunEvent.IterationEnded(e.Loop.Node.Id, output, failure?.Code, failure?.Message) { Iteration = e.Path });
    }

    private void EndLoop(StepPlace place)
    {
        if (State[place] is not { Loop: { } loop } known) return;
        var (outcome, attempt) = (LoopOutput.Of(loop, place.Step.Collect is not null), Math.Max(known.Attempt, 1));
        if (loop.IsCut && outcome is NodeOutcome.Completed) Log(place, attempt, NodeLogLevel.Warning, LoopOutput.Cut);
        RunEvent recorded = outcome is NodeOutcome.Failed f
            ? new RunEvent.StepFailed(place.Id, attempt, f.Code, f.Message)
            : new RunEvent.StepCompleted(place.Id, attempt, ((NodeOutcome.Completed)outcome).Output, place.Step.FirstPort);
        Record(recorded with { Iteration = place.Iteration });
    }

    private void Log(StepPlace place, int attempt, NodeLogLevel level, string text) =>
        Record(new RunEvent.Log(place.Id, Math.Max(attempt, 1), level, text) { Iteration = place.Iteration });

    private bool IsNotStarted(StepPlace place) => State[place]?.Status == StepStatus.NotStarted;
}
