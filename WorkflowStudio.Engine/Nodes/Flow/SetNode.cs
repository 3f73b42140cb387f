using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// Sets named values for later steps. Its settings are read without binding, because it is the step with the least work of all.
/// </summary>
[Step("set", "Set values", NodeGroup.Data, "edit_note", HandsOn = true,
    Does = "Names values, so that later steps can use them.",
    Example = """{"values":{"greeting":"Hello {{ $initialPayload.first_name ?? \"there\" }}"}}""")]
public sealed class SetNode : NodeType
{
    private const string Values = "values";

    /// <inheritdoc/>
    public override NodeSchema Settings { get; } = new([new SchemaField
    {
        Name = Values,
        Title = "Values",
        Description = "Each value under its own name.",
        Kind = FieldKind.Map,
        Items = FieldKind.Any,
        Required = true,
        Max = 200,
    }]);

    /// <inheritdoc/>
    public override NodeSchema Output => NodeSchema.None;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? OutputNames(JsonElement config) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(Values, out var values)
            && values.ValueKind == JsonValueKind.Object
            ? [.. values.EnumerateObject().Select(p => p.Name)]
            : null;

    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf) =>
        typeOf(Values) is { Fields: not null } values ? values : null;

    /// <inheritdoc/>
    public override string? Summary(JsonElement config)
    {
        if (OutputNames(config) is not { Count: > 0 } values) return null;
        return Card.Fit(string.Join(", ", values));
    }

    /// <inheritdoc/>
    public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
        ValueTask.FromResult<NodeOutcome>(input.Settings.TryGetProperty("values"u8, out var values)
            && values.ValueKind == JsonValueKind.Object
            ? new NodeOutcome.Completed(values)
            : SettingsFailure.Wrong(Values, "Values must be an object, each value under its own name."));
}
