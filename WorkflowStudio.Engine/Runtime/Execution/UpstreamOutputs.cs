using System.Collections;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>The outputs upstream of a step, made only when the step looks at them: most never do.</summary>
internal sealed class UpstreamOutputs(RunScope scope) : IReadOnlyList<StepOutput>
{
    private List<StepOutput>? outputs;

    public int Count => Outputs.Count;

    private List<StepOutput> Outputs => outputs ??= [.. scope.Upstream().Select(s => new StepOutput(s.Step.Node.Id, s.State.Output))];

    public StepOutput this[int index] => Outputs[index];

    public IEnumerator<StepOutput> GetEnumerator() => Outputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
