using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

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
        var commands = entry.Event switch
        {
            RunEvent.RunStarted => Begin(plan, next),
            RunEvent.StepCompleted e => GoOn(plan, next, plan.IndexOf(e.Node)),
            RunEvent.StepSkipped e => GoOn(plan, next, plan.IndexOf(e.Node)),
            RunEvent.StepFailed e => AfterFailure(plan, next, e),
            RunEvent.StepWoken e => [new RunCommand.ExecuteStep(plan.IndexOf(e.Node), e.Attempt)],
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
        if (state.IsFinal) return Nothing;
        var commands = new List<RunCommand>();
        foreach (var step in plan.Steps)
        {
            var known = state.Steps[step.Index];
            if (known.Status == StepStatus.Failed && step.Node.OnError == OnError.Fail)
                return [Failed(step.Node, known.ErrorCode!, known.ErrorMessage!)];
            if (known.Status == StepStatus.Running) commands.Add(new RunCommand.ExecuteStep(step.Index, known.Attempt));
            else if (known.Status == StepStatus.NotStarted && Turn(plan, state, step) is { } command) commands.Add(command);
        }

        return commands.Count > 0 ? commands : EndIfOver(state);
    }

    private static IReadOnlyList<RunCommand> Begin(RunPlan plan, RunState state)
    {
        var commands = new List<RunCommand>(plan.First.Count);
        foreach (var step in plan.Steps)
            if ((step.In.Count == 0 || step.In[0].From == PlanLink.FromTrigger) && Turn(plan, state, step) is { } command) commands.Add(command);
        return commands.Count > 0 ? commands : EndIfOver(state);
    }

    private static IReadOnlyList<RunCommand> GoOn(RunPlan plan, RunState state, int from)
    {
        List<RunCommand>? commands = null;
        var links = plan.Steps[from].Out;
        for (var i = 0; i < links.Count; i++)
        {
            var to = links[i].To;
            if (state.Steps[to].Status != StepStatus.NotStarted || LinkedBefore(links, i)) continue;
            if (Turn(plan, state, plan.Steps[to]) is { } command) (commands ??= []).Add(command);
        }

        return commands ?? EndIfOver(state);
    }

    // two ports of one step may lead to the same step: it gets one turn
    private static bool LinkedBefore(List<PlanLink> links, int i)
    {
        for (var j = 0; j < i; j++) if (links[j].To == links[i].To) return true;
        return false;
    }

    private static IReadOnlyList<RunCommand> AfterFailure(RunPlan plan, RunState state, RunEvent.StepFailed e)
    {
        var step = plan.Steps[plan.IndexOf(e.Node)];
        return step.Node.OnError == OnError.Continue ? GoOn(plan, state, step.Index) : [Failed(step.Node, e.Code, e.Message)];
    }

    private static RunCommand.Finish Failed(WorkflowNode node, string code, string message) =>
        new(new RunFailure(code, $"{(node.Name.Length > 0 ? node.Name : node.Id)}: {message}"));

    // A step's turn comes when every link that leads to it is settled. One taken link is enough; none taken means that the run went
    // another way. So a join never waits for a branch that will not come.
    private static RunCommand? Turn(RunPlan plan, RunState state, PlanStep step)
    {
        var taken = false;
        foreach (var link in step.In)
        {
            if (link.From == PlanLink.FromTrigger)
            {
                taken = true;
                continue;
            }

            var from = state.Steps[link.From];
            if (!from.IsOver) return null;
            taken |= Takes(plan.Steps[link.From], from, link.Port);
        }

        if (!taken) return new RunCommand.SkipStep(step.Index);
        return step.Node.Disabled ? new RunCommand.PassStep(step.Index) : new RunCommand.ExecuteStep(step.Index, 1);
    }

    private static bool Takes(PlanStep step, StepState state, string? port) => state.Status switch
    {
        StepStatus.Done => (state.Port ?? step.Type.Outputs[0].Id) == port,
        StepStatus.Failed => step.Node.OnError == OnError.Continue && step.Type.Outputs[0].Id == port,
        _ => false,
    };

    private static IReadOnlyList<RunCommand> EndIfOver(RunState state)
    {
        foreach (var step in state.Steps) if (!step.IsOver) return Nothing;
        return [new RunCommand.Finish(null)];
    }
}
