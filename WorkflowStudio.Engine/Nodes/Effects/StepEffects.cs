using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Engine.Nodes.Effects;

/// <summary>What a step tells a connector of itself, and what it makes of its answer.</summary>
internal static class StepEffects
{
    /// <summary>Where an effect of this call comes from.</summary>
    /// <param name="input">The call.</param>
    /// <param name="part">What tells the effects of one step apart, appended to its key.</param>
    public static EffectSource Source(this NodeInput input, string part = "") =>
        new(input.EffectKey + part, input.Run.RunId, input.Run.WorkflowId, input.NodeId);

    /// <summary>The failure that a problem means for a step.</summary>
    public static NodeOutcome AsFailure(this ConnectorProblem problem) =>
        new NodeOutcome.Failed(problem.Code, problem.Message, problem.Retryable, problem.RetryAfter);
}
