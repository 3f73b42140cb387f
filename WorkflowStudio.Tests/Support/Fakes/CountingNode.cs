using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A step type that counts how often its settings are looked at.</summary>
[Step("counting", "Counting", NodeGroup.Flow, "circle", HandsOn = true, Does = "Counts.", Example = "{}")]
internal sealed class CountingNode : NodeType
{
    public int Checks { get; private set; }

    public int Shapes { get; private set; }

    public override NodeSchema Settings => NodeSchema.None;

    public override NodeSchema Output => NodeSchema.None;

    public override NodeShape Shape(JsonElement config)
    {
        Shapes++;
        return Usual;
    }

    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        Checks++;
        return [];
    }

    public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
