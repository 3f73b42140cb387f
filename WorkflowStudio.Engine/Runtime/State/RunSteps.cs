using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>Walks all steps of a run: those of the workflow, then those of the iterations that are under way.</summary>
internal static class RunSteps
{
    /// <summary>
    /// The first step with a status that is meant; null when there is none. Allocates nothing, since it is asked at every commit.
    /// </summary>
    public static PlanStep? First(RunPlan plan, RunState state, Func<StepStatus, bool> isMeant)
    {
        foreach (var index in plan.Regions[0].Steps) if (isMeant(state.Steps[index].Status)) return plan.Steps[index];
        if (state.Frames.IsEmpty) return null;
        foreach (var (key, frame) in state.Frames)
            for (var i = 0; i < frame.Steps.Length; i++)
                if (isMeant(frame.Steps[i].Status)) return plan.Steps[plan.Regions[key.Region].Steps[i]];
        return null;
    }

    /// <summary>The id of the step whose failure ended the run; null when it failed for another reason, or has not failed.</summary>
    public static string? Failed(RunPlan plan, RunState state) => state.Failure is not { } failure ? null : Of(plan, state)
        .Where(s => s.State.Status == StepStatus.Failed && s.Place.Step.Node.OnError == Model.OnError.Fail
            && s.State.ErrorCode == failure.Code)
        .OrderByDescending(s => s.State.EndedSeq).FirstOrDefault().Place.Step?.Node.Id;

    /// <summary>The steps where they stand, with their states.</summary>
    public static IEnumerable<(StepPlace Place, StepState State)> Of(RunPlan plan, RunState state)
    {
        foreach (var index in plan.Regions[0].Steps) yield return (new StepPlace(plan.Steps[index], null), state.Steps[index]);
        foreach (var (key, frame) in state.Frames)
        {
            var region = plan.Regions[key.Region];
            for (var i = 0; i < region.Steps.Count; i++)
                yield return (new StepPlace(plan.Steps[region.Steps[i]], key.Path), frame.Steps[i]);
        }
    }
}
