using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>What the expressions in a step's settings see: the payload, the outputs upstream, the item, and the context.</summary>
/// <param name="plan">The plan.</param>
/// <param name="state">The state of the run.</param>
/// <param name="place">The step whose settings are resolved.</param>
/// <param name="region">The region in which it is resolved: the step's own, or its body at the end of an iteration.</param>
/// <param name="context">The facts around the run.</param>
/// <param name="now">The time of the call.</param>
internal sealed class RunScope(RunPlan plan, RunState state, StepPlace place, int region, RunContext context, DateTimeOffset now) : IScope
{
    private readonly PlanStep step = place.Step;
    private readonly string? iteration = place.Iteration;

    public JsonElement Payload => state.Payload;

    public IEnumerable<JsonElement> OutputsNewestFirst => Upstream().Select(s => s.State.Output);

    /// <summary>The completed steps upstream, newest first.</summary>
    public IEnumerable<(PlanStep Step, StepState State)> Upstream() => Candidates()
        .Select(i => (Step: plan.Steps[i], State: Known(plan.Steps[i])))
        .Where(s => s.State is not null && HasOutput(s.State))
        .OrderByDescending(s => s.State!.EndedSeq)!;

    public bool TryOutput(string nodeId, out JsonElement output)
    {
        output = default;
        if (plan.IndexOf(nodeId) is not (>= 0 and var index) || Known(plan.Steps[index]) is not { } known) return false;
        if (known.Loop is not null && IterationOf(plan.Steps[index]) is { } facts)
        {
            output = JsonSerializer.SerializeToElement(new { item = facts.Item, index = facts.Index });
            return true;
        }

        output = known.Output;
        return HasOutput(known);
    }

    public bool TryAmbient(string name, out JsonElement value)
    {
        value = name switch
        {
            "$run" => context.Run,
            "$workflow" => context.Workflow,
            "$workspace" => context.Workspace,
            "$now" => JsonSerializer.SerializeToElement(now.On(context.Zone)),
            "$vars" => plan.Definition.Settings.Variables,
            "$item" => Iteration() is { } here ? here.Item : default,
            "$index" => Iteration() is { } here ? JsonElement.Parse(here.Index.ToString(CultureInfo.InvariantCulture)) : default,
            _ => step.Type.Ambients.FirstOrDefault(a => a.Name == name)?.Value(step.Node.Config) ?? default,
        };
        return value.ValueKind != JsonValueKind.Undefined;
    }

    /// <summary>The innermost iteration; null outside of every for-each.</summary>
    public IterationFacts? Iteration() => region == 0 ? null : Facts(region);

    // of a round that goes on, the outputs of the one before still count
    private static bool HasOutput(StepState known) =>
        known.Output.ValueKind != JsonValueKind.Undefined && (known.Status is StepStatus.Done or StepStatus.Failed || known.Round > 0);

    // at the end of an iteration the steps of its body count, too
    private IEnumerable<int> Candidates() => region == step.Region ? step.Upstream : plan.Regions[region].Steps.Concat(step.Upstream);

    // a step in a for-each that is not around this one has no single output
    private StepState? Known(PlanStep other)
    {
        if (other.Region == 0) return state.Steps[other.Index];
        for (var at = region; at > 0; at = plan.Regions[at].Parent)
            if (at == other.Region) return state[new StepPlace(other, IterationPath.Outer(iteration, plan.Regions[at].Depth))];
        return null;
    }

    private IterationFacts? IterationOf(PlanStep loop)
    {
        for (var at = region; at > 0; at = plan.Regions[at].Parent) if (plan.Regions[at].Loop == loop.Index) return Facts(at);
        return null;
    }

    private IterationFacts? Facts(int of)
    {
        var path = IterationPath.Outer(iteration, plan.Regions[of].Depth);
        return path is not null && state.Frames.TryGetValue(new FrameKey(of, path), out var frame)
            ? new IterationFacts(path, IterationPath.Last(path), frame.Item)
            : null;
    }
}
