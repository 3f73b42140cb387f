using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>A step where it stands: in the workflow itself, or in one iteration of the for-eachs around it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Iteration">Its iterations, see <see cref="RunEvent.Iteration"/>; null outside of every for-each.</param>
public readonly record struct StepPlace(PlanStep Step, string? Iteration)
{
    /// <summary>The step's id.</summary>
    public string Id => Step.Node.Id;

    /// <summary>The place with the turn for which it stands there now: what tells two calls of one step apart.</summary>
    internal StepTurn In(RunState state) => new(Id, Iteration, state.TurnOf(this));
}

/// <summary>One turn of a step.</summary>
/// <param name="Id">The step's id.</param>
/// <param name="Iteration">Its iterations; null outside of every for-each.</param>
/// <param name="Turn">The turn, see <see cref="RunState.TurnOf"/>.</param>
internal readonly record struct StepTurn(string Id, string? Iteration, string Turn)
{
    /// <summary>The key of the step's effect: the same for every call of it in this run, this iteration and this turn.</summary>
    public string EffectKey(Guid runId) => $"{runId:N}:{Id}{(Iteration is null ? "" : ":" + Iteration)}{Turn}";
}
