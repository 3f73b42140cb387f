using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Turns what happens to a run into events of its ledger, and keeps the commands that the decider answers them with until they are performed.
/// </summary>
internal sealed class RunRecorder(RunPlan plan, RunLedger ledger, StepCalls steps)
{
    private static readonly JsonElement EmptyObject = JsonSerializer.Deserialize<JsonElement>("{}");

    private readonly Queue<RunCommand> commands = new();

    /// <summary>Whether something is left to do.</summary>
    public bool HasCommands => commands.Count > 0;

    private RunState State => ledger.State;

    /// <summary>Takes the next command.</summary>
    public bool TryTake(out RunCommand command) => commands.TryDequeue(out command!);

    /// <summary>Adds commands in their order.</summary>
    public void Enqueue(IReadOnlyList<RunCommand> next)
    {
        for (var i = 0; i < next.Count; i++) commands.Enqueue(next[i]);
    }

    /// <summary>Forgets what was to be done; it is decided anew when the run goes on.</summary>
    public void DropCommands() => commands.Clear();

    /// <summary>Records an event. A pause ends what was to be done: it is decided anew when the run goes on, which may be at once.</summary>
    public void Record(RunEvent e)
    {
        Enqueue(ledger.Record(e));
        if (e is RunEvent.RunPaused) DropCommands();
    }

    /// <summary>Performs a command that calls no step.</summary>
    public void Perform(RunCommand command)
    {
        switch (command)
        {
            // two branches may have found the same turn, one after the other: it comes once
            case RunCommand.SkipStep s when !IsStill(s.Step, s.Iteration, StepStatus.NotStarted):
            case RunCommand.PassStep p when !IsStill(p.Step, p.Iteration, StepStatus.NotStarted):
            case RunCommand.BeginRound b when State.At(plan.Steps[b.Step], b.Iteration) is not { IsOver: true }:
                break;
            case RunCommand.SkipStep s:
                Record(new RunEvent.StepSkipped(Id(s.Step)) { Iteration = s.Iteration });
                break;
            case RunCommand.PassStep s:
                Record(new RunEvent.StepCompleted(Id(s.Step), 1, EmptyObject, null) { Iteration = s.Iteration });
                break;
            case RunCommand.BeginRound r:
                Record(new RunEvent.RoundStarted(Id(r.Step)) { Iteration = r.Iteration });
                break;
            case RunCommand.EndIteration i:
                EndIteration(i);
                break;
            case RunCommand.EndLoop l:
                EndLoop(l);
                break;
            case RunCommand.Finish f:
                Record(f.Failure is null ? new RunEvent.RunCompleted { Output = f.Output, Early = f.Early } : new RunEvent.RunFailed(f.Failure.Code, f.Failure.Message));
                break;
        }
    }

    /// <summary>Records what a call came to, unless what it was called for is over.</summary>
    /// <param name="called">The call.</param>
    /// <param name="turn">The turn of the step in which it was made.</param>
    /// <param name="result">What it came to.</param>
    public void RecordOutcome(RunCommand.ExecuteStep called, string turn, StepResult result)
    {
        RecordLines();
        var (step, iteration) = (plan.Steps[called.Step], called.Iteration);
        if (State.IsFinal) return;
        if (State.At(step, iteration) is not { } known || known.IsOver || State.TurnOf(step, iteration) != turn)
        {
            // told, and with it the header learns that the call is no longer under way
            Record(new RunEvent.Log(step.Node.Id, Math.Max(called.Attempt, 1), NodeLogLevel.Info, "What it was called for had ended before it answered; the answer is not used.") { Iteration = iteration });
            return;
        }

        var (id, attempt) = (step.Node.Id, Math.Max(Math.Max(known.Attempt, called.Attempt), 1));
        RunEvent recorded = Allowed(step, result.Outcome) switch
        {
            NodeOutcome.Completed c => new RunEvent.StepCompleted(id, attempt, c.Output, c.Port),
            NodeOutcome.EndRun e => new RunEvent.StepCompleted(id, attempt, e.Output, null),
            NodeOutcome.Waiting w => new RunEvent.StepParked(id, attempt, w.Until, w.Signal, w.State, w.Caption) { Match = w.Match },
            NodeOutcome.ForEach l => new RunEvent.LoopStarted(id, attempt, l.Items, l.Concurrency, l.KeepGoing),
            NodeOutcome.StartRun s => ChildEvents.Of(id, attempt, result.Start!.Run.RunId, s.Wait),
            NodeOutcome.Failed f when RetryRule.Next(step.Node.Retry, attempt, f, steps.EffectKey(State, step, iteration), ledger.Now()) is { } at =>
                new RunEvent.RetryScheduled(id, attempt, f.Code, f.Message, at),
            NodeOutcome.Failed f => new RunEvent.StepFailed(id, attempt, f.Code, f.Message) { Cause = f.Cause },
            _ => throw new InvalidOperationException($"Recording the outcome of {id}: {result.Outcome.GetType().Name} is not known."),
        };
        Record(recorded with { Iteration = iteration });
        if (result.Start is not null && !State.IsFinal) ledger.Start(result.Start);
        if (result.Outcome is NodeOutcome.EndRun end && !State.IsFinal) Record(new RunEvent.RunCompleted { Output = end.Output, Early = "It came to an end step." });
    }

    private NodeOutcome Allowed(PlanStep step, NodeOutcome outcome) =>
        outcome is NodeOutcome.ForEach loop ? RunLimits.RefuseLoop(plan, State, step, loop) ?? outcome : outcome;

    /// <summary>Records the lines that steps have logged since, as many as a run may have.</summary>
    public void RecordLines()
    {
        while (steps.TryTakeLine(out var line))
        {
            if (State.IsFinal || State.LogLines > RunLimits.MaxLogLines) continue;
            Record(State.LogLines < RunLimits.MaxLogLines ? line : line with { Level = NodeLogLevel.Warning, Text = $"The run has written {RunLimits.MaxLogLines:N0} lines; further ones are not kept." });
        }
    }

    /// <summary>Records what wakes a step. Another try has no cause of its own in the journal: it is called from here.</summary>
    public void RecordWake(RunEvent e)
    {
        if (State.IsFinal) return;
        Record(e);
        if (e is RunEvent.StepStarted s) commands.Enqueue(new RunCommand.ExecuteStep(plan.IndexOf(s.Node), s.Try, s.Iteration));
    }

    private void EndIteration(RunCommand.EndIteration e)
    {
        var loop = plan.Steps[e.Step];
        if (!State.Frames.ContainsKey(new FrameKey(loop.Body, e.Iteration!))) return;
        var (output, failure) = e.Failure is null ? steps.Collect(State, loop, e.Iteration!, ledger.Now()) : (default, e.Failure);
        Record(new RunEvent.IterationEnded(loop.Node.Id, output, failure?.Code, failure?.Message) { Iteration = e.Iteration });
    }

    private void EndLoop(RunCommand.EndLoop e)
    {
        var step = plan.Steps[e.Step];
        if (State.At(step, e.Iteration) is not { Loop: { } loop } known) return;
        var outcome = LoopOutput.Of(loop, step.Collect is not null);
        if (loop.IsCut && outcome is NodeOutcome.Completed)
            Record(new RunEvent.Log(step.Node.Id, Math.Max(known.Attempt, 1), NodeLogLevel.Warning, LoopOutput.Cut) { Iteration = e.Iteration });
        RunEvent recorded = outcome is NodeOutcome.Failed f
            ? new RunEvent.StepFailed(step.Node.Id, Math.Max(known.Attempt, 1), f.Code, f.Message)
            : new RunEvent.StepCompleted(step.Node.Id, Math.Max(known.Attempt, 1), ((NodeOutcome.Completed)outcome).Output, step.FirstPort);
        Record(recorded with { Iteration = e.Iteration });
    }

    private bool IsStill(int step, string? iteration, StepStatus status) => State.At(plan.Steps[step], iteration)?.Status == status;

    private string Id(int step) => plan.Steps[step].Node.Id;
}

/// <summary>What a call of a step came to.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Start">The run that it starts.</param>
internal readonly record struct StepResult(NodeOutcome Outcome, RunStart? Start);
