using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>Walks all steps of a run: those of the workflow, then those of the iterations that are under way.</summary>
internal static class RunSteps
{
    /// <summary>The steps with their iterations and states.</summary>
    public static IEnumerable<(PlanStep Step, string? Iteration, StepState State)> Of(RunPlan plan, RunState state)
    {
        foreach (var index in plan.Regions[0].Steps) yield return (plan.Steps[index], null, state.Steps[index]);
        foreach (var (key, frame) in state.Frames)
        {
            var region = plan.Regions[key.Region];
            for (var i = 0; i < region.Steps.Count; i++) yield return (plan.Steps[region.Steps[i]], key.Path, frame.Steps[i]);
        }
    }
}
