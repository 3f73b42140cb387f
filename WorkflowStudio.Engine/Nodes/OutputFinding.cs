using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// Finds the type of a step's output from the types of the expressions in its settings, so that what is secret stays known as such.
/// </summary>
/// <param name="type">The step's type.</param>
/// <param name="shape">The step's shape.</param>
/// <param name="node">The step.</param>
/// <param name="values">The types of its settings that hold expressions, by path.</param>
/// <param name="scope">What the step sees.</param>
internal sealed class OutputFinding(
    NodeType type, NodeShape shape, WorkflowNode node, IReadOnlyDictionary<string, ExpressionType> values, TypeScope scope)
{
    private const string Items = "items";

    /// <summary>
    /// The type of the output: what the step type makes of its settings, else its schema; secret where a step that hands values on was
    /// given a secret.
    /// </summary>
    public ExpressionType Type()
    {
        if (type.OutputType(node.Config, Setting) is { } made) return OutputTypes.WithError(made, node);
        var usual = OutputTypes.Of(type, node);
        return type.HandsOn && TakesSecret() ? Tainted(usual) : usual;
    }

    /// <summary>The type of one item of the list that the step goes through.</summary>
    public ExpressionType Item() => OutputTypes.ItemOf(Setting(Items));

    private ExpressionType Setting(string name) =>
        node.Config.ValueKind == JsonValueKind.Object && node.Config.TryGetProperty(name, out var value)
            ? type.Settings.Verbatim.Contains(name) ? ExpressionType.Text : Of(value, JsonPlace.Property("", name))
            : ExpressionType.Null;

    // a value as it is written, with the types of its expressions
    private ExpressionType Of(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String =>
            values.GetValueOrDefault(path) ?? (Template.Contains(value.GetString()!) ? ExpressionType.Any : ExpressionType.Text),
        JsonValueKind.Number => ExpressionType.Number,
        JsonValueKind.True or JsonValueKind.False => ExpressionType.Boolean,
        JsonValueKind.Array => ExpressionType.ListOf(value.GetArrayLength() == 0
            ? ExpressionType.Any
            : value.EnumerateArray().Select((item, i) => Of(item, JsonPlace.Item(path, i))).Aggregate(ExpressionType.Join)),
        JsonValueKind.Object => ExpressionType.ObjectOf(Fields(value, path)),
        _ => ExpressionType.Null,
    };

    private Dictionary<string, ExpressionType> Fields(JsonElement value, string path)
    {
        var fields = new Dictionary<string, ExpressionType>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
            fields[property.Name] = Of(property.Value, JsonPlace.Property(path, property.Name));
        return fields;
    }

    private bool TakesSecret()
    {
        foreach (var (path, value) in values)
            if (value.IsSecret && SchemaPath.Find(type.Settings, path) is not { Secret: true }) return true;
        return shape.BodyPort is not null && scope.Types.BodyGivesSecret(scope.Sight, node, shape.CollectSetting is { } name
            && node.Config.ValueKind == JsonValueKind.Object && node.Config.TryGetProperty(name, out var collect) ? collect : default);
    }

    // what can hold the secret: anything but a number, a date or a yes or no
    private static ExpressionType Tainted(ExpressionType output) => output.Fields is { } fields
        ? ExpressionType.ObjectOf(fields.ToDictionary(f => f.Key, f => f.Value.Kind is TypeKind.Number or TypeKind.Boolean or TypeKind.Date
            ? f.Value
            : f.Value.AsSecret(), StringComparer.Ordinal))
        : output.AsSecret();
}
