using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// Decides what a run does next. Pure: the same plan, state and event always give the same answer; no clock, no I/O, no randomness.
/// </summary>
public static class RunDecider
{
    private static readonly RunCommand[] Nothing = [];

    /// <summary>
    /// The state after an event, and what to do because of it. Throws when the event is not allowed in the state (see
    /// <see cref="RunTransitions"/>).
    /// </summary>
    public static Decision Decide(RunPlan plan, RunState state, in JournalEntry entry)
    {
        var next = RunFold.Apply(plan, state, entry);
        if (next.IsFinal) return new Decision(next, Nothing);
        return new Decision(next, entry.Event switch
        {
            RunEvent.RunStarted => Begin(plan, next, 0, null),
            RunEvent.StepCompleted c => EarlyEnd(plan, next, c) ?? GoOn(plan, next, Place(plan, c)),
            RunEvent.StepSkipped s => GoOn(plan, next, Place(plan, s)),
            RunEvent.StepFailed f => AfterFailure(plan, next, Place(plan, f), f),
            RunEvent.StepWoken w => [new RunCommand.ExecuteStep(Place(plan, w), w.Attempt)],
            RunEvent.RoundStarted r => Turn(plan, next, Place(plan, r)),
            RunEvent.LoopStarted l => Iterations(plan, state, next, Place(plan, l)),
            RunEvent.IterationEnded i =>
                Iterations(plan, state, next, new StepPlace(Place(plan, i).Step, IterationPath.Parent(i.Iteration!))),
            RunEvent.RunResumed => Resume(plan, next),
            _ => Nothing,
        });
    }

    /// <summary>
    /// What has to be done for a run that is taken up from its journal: steps whose turn had come, steps that were in flight, the end that
    /// was not recorded. Due waits are woken by events, not from here.
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
            if (known.Status == StepStatus.Failed && step.Node.OnError == OnError.Fail)
                return [Broken(plan, view.Place(step), known.ErrorCode!, known.ErrorMessage!)];
            if (known.Status == StepStatus.Running) commands.Add(new RunCommand.ExecuteStep(view.Place(step), known.Attempt));
            else if (known.Status == StepStatus.Looping && LoopEnd(known, view.Place(step)) is { } end) commands.Add(end);
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

    private static IReadOnlyList<RunCommand> GoOn(RunPlan plan, RunState state, StepPlace place)
    {
        var (from, iteration) = place;
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

    private static IReadOnlyList<RunCommand> Turn(RunPlan plan, RunState state, StepPlace place) =>
        new RegionView(plan, state, place.Step.Region, place.Iteration).Turn(place.Step) is { } command ? [command] : Nothing;

    private static IReadOnlyList<RunCommand> AfterFailure(RunPlan plan, RunState state, StepPlace place, RunEvent.StepFailed e) =>
        place.Step.Node.OnError == OnError.Fail ? [Broken(plan, place, e.Code, e.Message)] : GoOn(plan, state, place);

    // inside a for-each a failure ends the iteration; outside it ends the run
    private static RunCommand Broken(RunPlan plan, StepPlace place, string code, string message)
    {
        var (step, iteration) = place;
        var failure = new RunFailure(code, $"{(step.Node.Name.Length > 0 ? step.Node.Name : step.Node.Id)}: {message}");
        return step.Region == 0
            ? new RunCommand.Finish(failure)
            : new RunCommand.EndIteration(plan.LoopOf(step.Region), iteration!, failure);
    }

    // the iterations that were opened by the event, and the end of the loop
    private static IReadOnlyList<RunCommand> Iterations(RunPlan plan, RunState before, RunState state, StepPlace place)
    {
        if (state[place] is not { Loop: { } loop } known) return Nothing;
        if (LoopEnd(known, place) is { } end) return [end];
        var first = before[place]?.Loop?.Next ?? 0;
        var commands = new List<RunCommand>();
        for (var i = first; i < loop.Next; i++)
        {
            var path = IterationPath.Child(place.Iteration, i);
            if (state.Frames.ContainsKey(new FrameKey(place.Step.Body, path))) commands.AddRange(Begin(plan, state, place.Step.Body, path));
        }

        return commands;
    }

    private static RunCommand? LoopEnd(StepState step, StepPlace place) =>
        step.Loop is { } loop && (loop.IsOver || loop.Broken is not null) ? new RunCommand.EndLoop(place) : null;

    private static IReadOnlyList<RunCommand>? EarlyEnd(RunPlan plan, RunState state, RunEvent.StepCompleted e)
    {
        if (state.UpTo == e.Node && e.Iteration is null)
            return [new RunCommand.Finish(null) { Output = e.Output, Early = "The test ends at this step." }];
        return plan.Definition.Settings.Exit?.MaxMessages is { } most && state.Messages >= most
            ? [new RunCommand.Finish(null) { Early = $"{most} messages were sent, as many as the workflow's exit conditions allow." }]
            : null;
    }

    private static IReadOnlyList<RunCommand> EndIfOver(RunPlan plan, RegionView view)
    {
        if (!view.IsOver()) return Nothing;
        return [view.Region.Index == 0
            ? new RunCommand.Finish(null)
            : new RunCommand.EndIteration(plan.LoopOf(view.Region.Index), view.Iteration!, null)];
    }

    private static StepPlace Place(RunPlan plan, RunEvent e) => new(plan.Steps[plan.IndexOf(e.NodeId!)], e.Iteration);
}
