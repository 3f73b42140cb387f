using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// The steps of the workflow, or of one iteration, as they stand: whose turn has come, what goes round, whether all are over.
/// </summary>
internal readonly struct RegionView(RunPlan plan, RunState state, int region, string? iteration)
{
    public PlanRegion Region => plan.Regions[region];

    public string? Iteration => iteration;

    /// <summary>The iteration is still under way.</summary>
    public bool IsOpen => region == 0 || state.Frames.ContainsKey(new FrameKey(region, iteration!));

    public StepState this[int step] => state[Place(plan.Steps[step])]!;

    /// <summary>A step of it, where it stands.</summary>
    public StepPlace Place(PlanStep step) => new(step, iteration);

    /// <summary>Whether nothing more happens in it.</summary>
    public bool IsOver()
    {
        foreach (var step in Region.Steps) if (!this[step].IsOver) return false;
        // it is about to begin anew
        foreach (var round in plan.Rounds) if (plan.Steps[round.Header].Region == region && GoesBack(round)) return false;
        return true;
    }

    /// <summary>
    /// What to do with a step that has not started: null while its turn has not come. It comes when every link that leads to it is settled,
    /// or as many as its quorum wants are taken. None taken means that the run went another way, so a join never waits for a branch that
    /// will not come.
    /// </summary>
    public RunCommand? Turn(PlanStep step)
    {
        int taken = 0, open = 0;
        foreach (var link in step.In)
        {
            if (link.From == PlanLink.FromStart || Takes(link)) taken++;
            else if (!IsSettled(link)) open++;
        }

        if (step.Quorum is { } quorum ? taken < quorum && open > 0 : open > 0) return null;
        var place = Place(step);
        if (taken == 0 || taken < (step.Quorum ?? 1)) return new RunCommand.SkipStep(place);
        return step.Node.Disabled ? new RunCommand.PassStep(place) : new RunCommand.ExecuteStep(place, 1);
    }

    /// <summary>How many of the links that lead to a step have been taken.</summary>
    public int Arrived(PlanStep step)
    {
        var taken = 0;
        foreach (var link in step.In) if (link.From == PlanLink.FromStart || Takes(link)) taken++;
        return taken;
    }

    /// <summary>Whether a link has been taken.</summary>
    public bool Takes(in PlanLink link)
    {
        var (step, from) = (plan.Steps[link.From], this[link.From]);
        return from.Status switch
        {
            StepStatus.Done => from.Port == NodePort.All || (from.Port ?? step.FirstPort) == link.Port,
            StepStatus.Failed => step.Node.OnError switch
            {
                OnError.Continue => step.FirstPort == link.Port,
                OnError.Port => link.Port == WorkflowNode.ErrorPort,
                _ => false,
            },
            _ => false,
        };
    }

    /// <summary>
    /// A round that has to begin anew: a link back was taken and nothing in it is under way any more. Null when there is none.
    /// </summary>
    public RunCommand? RoundOf(PlanStep step)
    {
        foreach (var round in step.Rounds)
        {
            if (!GoesBack(round) || !IsQuiet(round)) continue;
            return round.MaxRounds is { } most && this[round.Header].Round >= most
                ? new RunCommand.Finish(new RunFailure("too_many_rounds",
                    $"The steps from “{Name(round.Header)}” on have gone round {most} times, as often as they may in one run."))
                : new RunCommand.BeginRound(Place(plan.Steps[round.Header]));
        }

        return null;
    }

    /// <summary>Whether the steps of a round are over for good, so that the links that lead out of it count.</summary>
    public bool IsOver(PlanRound round)
    {
        foreach (var step in round.Steps) if (!this[step].IsOver) return false;
        return !GoesBack(round);
    }

    // a way out of a round that was not taken yet may be taken in the next one
    private bool IsSettled(in PlanLink link)
    {
        if (!this[link.From].IsOver) return false;
        foreach (var round in plan.Steps[link.From].Rounds)
            if (!round.Steps.Contains(link.To) && !IsOver(round)) return false;
        return true;
    }

    private bool GoesBack(PlanRound round)
    {
        foreach (var back in round.Back) if (Takes(back)) return true;
        return false;
    }

    private bool IsQuiet(PlanRound round)
    {
        foreach (var index in round.Steps)
        {
            var status = this[index].Status;
            if (status is StepStatus.Running or StepStatus.Waiting or StepStatus.Retrying or StepStatus.Looping) return false;
            if (status == StepStatus.NotStarted && Turn(plan.Steps[index]) is not null) return false;
        }

        return true;
    }

    private string Name(int step) => plan.Steps[step].Node is { Name.Length: > 0 } named ? named.Name : plan.Steps[step].Node.Id;
}
