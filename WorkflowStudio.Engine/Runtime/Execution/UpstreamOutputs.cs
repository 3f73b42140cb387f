using System.Collections;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>The outputs upstream of a step, made only when the step looks at them: most never do.</summary>
internal sealed class UpstreamOutputs(RunPlan plan, RunState state, RunScope scope) : IReadOnlyList<StepOutput>
{
    private List<StepOutput>? outputs;

    public int Count => Outputs.Count;

    private List<StepOutput> Outputs =>
        outputs ??= [.. scope.UpstreamIndexes().Select(i => new StepOutput(plan.Steps[i].Node.Id, state.Steps[i].Output))];

    public StepOutput this[int index] => Outputs[index];

    public IEnumerator<StepOutput> GetEnumerator() => Outputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
