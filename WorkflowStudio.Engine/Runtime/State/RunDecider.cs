using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// Decides what a run does next. Pure: the same plan, state and event always give the same answer; no clock, no I/O, no randomness.
/// </summary>
public static class RunDecider
{
    private static readonly RunCommand[] Nothing = [];

    /// <summary>The state after an event, and what to do because of it. Throws when the event is not allowed in the state (see <see cref="RunTransitions"/>).</summary>
    public static Decision Decide(RunPlan plan, RunState state, in JournalEntry entry)
    {
        var next = RunFold.Apply(plan, state, entry);
        if (next.IsFinal) return new Decision(next, Nothing);
        var e = entry.Event;
        var commands = e switch
        {
            RunEvent.RunStarted => Begin(plan, next, 0, null),
            RunEvent.StepCompleted c => EarlyEnd(plan, next, c) ?? GoOn(plan, next, plan.Steps[plan.IndexOf(c.Node)], e.Iteration),
            RunEvent.StepSkipped s => GoOn(plan, next, plan.Steps[plan.IndexOf(s.Node)], e.Iteration),
            RunEvent.StepFailed f => AfterFailure(plan, next, f),
            RunEvent.StepWoken w => [new RunCommand.ExecuteStep(plan.IndexOf(w.Node), w.Attempt, e.Iteration)],
            RunEvent.RoundStarted r => Turn(new RegionView(plan, next, plan.Steps[plan.IndexOf(r.Node)].Region, e.Iteration), plan.Steps[plan.IndexOf(r.Node)]),
            RunEvent.LoopStarted l => Iterations(plan, state, next, plan.Steps[plan.IndexOf(l.Node)], e.Iteration),
            RunEvent.IterationEnded i => Iterations(plan, state, next, plan.Steps[plan.IndexOf(i.Node)], IterationPath.Parent(e.Iteration!)),
            RunEvent.RunResumed => Resume(plan, next),
            _ => Nothing,
        };
        return new Decision(next, commands);
    }

    /// <summary>
    /// What has to be done for a run that is taken up from its journal: steps whose turn had come, steps that were in flight, the end that was
    /// not recorded. Due waits are woken by events, not from here.
    /// </summary>
    public static IReadOnlyList<RunCommand> Resume(RunPlan plan, RunState state)
    {
        if (state.IsFinal || state.Status == RunStatus.Paused) return Nothing;
        var commands = new List<RunCommand>();
        foreach (var (key, _) in state.Frames) commands.AddRange(Resume(plan, state, new RegionView(plan, state, key.Region, key.Path)));
        var root = Resume(plan, state, new RegionView(plan, state, 0, null));
        return root is [RunCommand.Finish { Failure: not null }] ? root : [.. commands, .. root];
    }

    private static IReadOnlyList<RunCommand> Resume(RunPlan plan, RunState state, RegionView view)
    {
        var commands = new List<RunCommand>();
        foreach (var index in view.Region.Steps)
        {
            var (step, known) = (plan.Steps[index], view[index]);
            if (known.Status == StepStatus.Failed && step.Node.OnError == OnError.Fail) return [Broken(plan, view, step, known.ErrorCode!, known.ErrorMessage!)];
            if (known.Status == StepStatus.Running) commands.Add(new RunCommand.ExecuteStep(index, known.Attempt, view.Iteration));
            else if (known.Status == StepStatus.Looping && LoopEnd(known, index, view.Iteration) is { } end) commands.Add(end);
            else if (known.Status == StepStatus.NotStarted && view.Turn(step) is { } command) commands.Add(command);
            else if (known.IsOver && view.RoundOf(step) is { } round && !commands.Contains(round)) commands.Add(round);
        }

        return commands.Count > 0 ? commands : EndIfOver(plan, view);
    }

    private static IReadOnlyList<RunCommand> Begin(RunPlan plan, RunState state, int region, string? iteration)
    {
        var view = new RegionView(plan, state, region, iteration);
        var commands = new List<RunCommand>();
        foreach (var index in view.Region.Steps)
        {
            var step = plan.Steps[index];
            if ((step.In.Count == 0 || step.In[0].From == PlanLink.FromStart) && view.Turn(step) is { } command) commands.Add(command);
        }

        return commands.Count > 0 ? commands : EndIfOver(plan, view);
    }

    private static IReadOnlyList<RunCommand> GoOn(RunPlan plan, RunState state, PlanStep from, string? iteration)
    {
        var view = new RegionView(plan, state, from.Region, iteration);
        if (!view.IsOpen) return Nothing;
        List<RunCommand>? commands = null;
        var links = from.Out;
        for (var i = 0; i < links.Count; i++)
        {
            if (!LinkedBefore(links, i)) AddTurn(plan, view, links[i].To, ref commands);
        }

        foreach (var round in from.Rounds)
        {
            if (!view.IsOver(round)) continue;
            foreach (var exit in round.Exits) AddTurn(plan, view, exit.To, ref commands);
        }

        if (view.RoundOf(from) is { } again) (commands ??= []).Add(again);
        return commands ?? EndIfOver(plan, view);
    }

    private static void AddTurn(RunPlan plan, RegionView view, int to, ref List<RunCommand>? commands)
    {
        if (view[to].Status != StepStatus.NotStarted || view.Turn(plan.Steps[to]) is not { } command) return;
        commands ??= [];
        if (!commands.Contains(command)) commands.Add(command);
    }

    // two ports of one step may lead to the same step: it gets one turn
    private static bool LinkedBefore(List<PlanLink> links, int i)
    {
        for (var j = 0; j < i; j++) if (links[j].To == links[i].To) return true;
        return false;
    }

    private static IReadOnlyList<RunCommand> Turn(RegionView view, PlanStep step) => view.Turn(step) is { } command ? [command] : Nothing;

    private static IReadOnlyList<RunCommand> AfterFailure(RunPlan plan, RunState state, RunEvent.StepFailed e)
    {
        var step = plan.Steps[plan.IndexOf(e.Node)];
        return step.Node.OnError == OnError.Fail
            ? [Broken(plan, new RegionView(plan, state, step.Region, e.Iteration), step, e.Code, e.Message)]
            : GoOn(plan, state, step, e.Iteration);
    }

    // inside a for-each a failure ends the iteration; outside it ends the run
    private static RunCommand Broken(RunPlan plan, RegionView view, PlanStep step, string code, string message)
    {
        var failure = new RunFailure(code, $"{(step.Node.Name.Length > 0 ? step.Node.Name : step.Node.Id)}: {message}");
        return view.Region.Index == 0 ? new RunCommand.Finish(failure) : new RunCommand.EndIteration(plan.Regions[view.Region.Index].Loop, view.Iteration!, failure);
    }

    // the iterations that were opened by the event, and the end of the loop
    private static IReadOnlyList<RunCommand> Iterations(RunPlan plan, RunState before, RunState state, PlanStep step, string? iteration)
    {
        if (state.At(step, iteration) is not { Loop: { } loop } known) return Nothing;
        if (LoopEnd(known, step.Index, iteration) is { } end) return [end];
        var first = before.At(step, iteration)?.Loop?.Next ?? 0;
        var commands = new List<RunCommand>();
        for (var i = first; i < loop.Next; i++)
        {
            var path = IterationPath.Child(iteration, i);
            if (state.Frames.ContainsKey(new FrameKey(step.Body, path))) commands.AddRange(Begin(plan, state, step.Body, path));
        }

        return commands;
    }

    private static RunCommand? LoopEnd(StepState step, int index, string? iteration) =>
        step.Loop is { } loop && (loop.IsOver || loop.Broken is not null) ? new RunCommand.EndLoop(index, iteration) : null;

    private static IReadOnlyList<RunCommand>? EarlyEnd(RunPlan plan, RunState state, RunEvent.StepCompleted e)
    {
        if (state.UpTo == e.Node && e.Iteration is null) return [new RunCommand.Finish(null) { Output = e.Output, Early = "The test ends at this step." }];
        return plan.Definition.Settings.Exit?.MaxMessages is { } most && state.Messages >= most
            ? [new RunCommand.Finish(null) { Early = $"{most} messages were sent, as many as the workflow's exit conditions allow." }]
            : null;
    }

    private static IReadOnlyList<RunCommand> EndIfOver(RunPlan plan, RegionView view)
    {
        if (!view.IsOver()) return Nothing;
        return [view.Region.Index == 0 ? new RunCommand.Finish(null) : new RunCommand.EndIteration(plan.Regions[view.Region.Index].Loop, view.Iteration!, null)];
    }
}
