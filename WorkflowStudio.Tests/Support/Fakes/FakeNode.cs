using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A step type of any shape that does nothing.</summary>
internal sealed class FakeNode(string type, string[] ports, bool waits = false, string[]? ambients = null)
    : NodeType(new StepAttribute(type, "Fake", NodeGroup.Practice, "circle") { Does = type, Example = "{}", Ports = ports, Waits = waits })
{
    public override NodeSchema Settings => NodeSchema.None;

    public override NodeSchema Output => NodeSchema.None;

    public override IReadOnlyList<AmbientValue> Ambients { get; } = [.. (ambients ?? []).Select(a => new AmbientValue(a, a, _ => default))];

    public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
        ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(input.Settings));
}
