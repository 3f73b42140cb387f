using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A step type of any shape that does nothing.</summary>
internal sealed class FakeNode(string type, string[] ports, bool waits = false, string[]? ambients = null) : NodeType
{
    public override string Type => type;

    public override string Title => type;

    public override string Description => type;

    public override NodeGroup Group => NodeGroup.Practice;

    public override string Icon => "circle";

    public override IReadOnlyList<NodePort> Outputs { get; } = [.. ports.Select(p => new NodePort(p))];

    public override NodeSchema Settings => NodeSchema.None;

    public override NodeSchema Output => NodeSchema.None;

    public override bool Waits => waits;

    public override string Example => "{}";

    public override IReadOnlyList<AmbientValue> Ambients { get; } = [.. (ambients ?? []).Select(a => new AmbientValue(a, a, _ => default))];

    public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
        ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(input.Settings));
}
