using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A step type whose output has a field of every kind, and a secret one. Never called.</summary>
[Step("intake", "Intake", NodeGroup.Ai, "circle", Does = "Takes in.", Example = "{}")]
internal sealed class IntakeNode : NodeType
{
    public override NodeSchema Settings => NodeSchema.None;

    public override NodeSchema Output { get; } = new(
    [
        new SchemaField { Name = "summary", Title = "Summary", Kind = FieldKind.Text },
        new SchemaField { Name = "score", Title = "Score", Kind = FieldKind.Number },
        new SchemaField { Name = "seen_at", Title = "Seen", Kind = FieldKind.DateTime },
        new SchemaField { Name = "tags", Title = "Tags", Kind = FieldKind.List, Items = FieldKind.Text },
        new SchemaField
        {
            Name = "lines", Title = "Lines", Kind = FieldKind.List, Items = FieldKind.Object,
            Fields = new NodeSchema([new SchemaField { Name = "price", Title = "Price", Kind = FieldKind.Number },
                new SchemaField { Name = "count", Title = "Count", Kind = FieldKind.Integer }]),
        },
        new SchemaField { Name = "extra", Title = "Extra", Kind = FieldKind.Any },
        new SchemaField { Name = "api_key", Title = "Key", Kind = FieldKind.Text, Secret = true },
    ]);

    public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
