using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>The types of settings and outputs, for the checks of expressions.</summary>
internal static class OutputTypes
{
    private static readonly ExpressionType Error = ExpressionType.Object with
    {
        Fields = new Dictionary<string, ExpressionType>
        { ["code"] = ExpressionType.Text, ["message"] = ExpressionType.Text, ["cause"] = ExpressionType.Object },
    };

    /// <summary>The type of what a step gives with its settings; unknown when only the run will tell.</summary>
    public static ExpressionType Of(NodeType type, WorkflowNode node)
    {
        if (type.OutputNames(node.Config) is not { } names) return ExpressionType.Any;
        var fields = new Dictionary<string, ExpressionType>(StringComparer.Ordinal);
        foreach (var name in names) fields[name] = type.Output.Field(name) is { } field ? Of(field) : ExpressionType.Any;
        if (node.OnError == OnError.Port) fields.TryAdd(WorkflowNode.ErrorPort, Error);
        return ExpressionType.ObjectOf(fields);
    }

    /// <summary>The type of an output with the field that a failure adds, where the step has a port for failures.</summary>
    public static ExpressionType WithError(ExpressionType output, WorkflowNode node) =>
        node.OnError == OnError.Port && output.Fields is { } fields && !fields.ContainsKey(WorkflowNode.ErrorPort)
            ? output with
            { Fields = new Dictionary<string, ExpressionType>(fields, StringComparer.Ordinal) { [WorkflowNode.ErrorPort] = Error } }
            : output;

    /// <summary>The type of a list's items; of a secret list of which nothing else is known they are secret, too.</summary>
    public static ExpressionType ItemOf(ExpressionType list)
    {
        var item = list.Kind == TypeKind.List && list.Items is { } known ? known : ExpressionType.Any;
        return list.IsSecret && (list.Kind != TypeKind.List || list.Items is null) ? item.AsSecret() : item;
    }

    /// <summary>The type of a field's value.</summary>
    public static ExpressionType Of(SchemaField field)
    {
        var type = field.Kind switch
        {
            FieldKind.List => ExpressionType.List with { Items = Item(field) },
            FieldKind.Map => ExpressionType.Object with { Items = Item(field) },
            FieldKind.Object when field.Fields is { Fields.Count: > 0 } inner => Of(inner),
            var kind => Of(kind),
        };
        return field.Secret ? type.AsSecret() : type is { IsSecret: false, Items.IsSecret: true } ? type with { IsSecret = true } : type;
    }

    private static ExpressionType Of(NodeSchema schema) =>
        ExpressionType.ObjectOf(schema.Fields.ToDictionary(f => f.Name, Of, StringComparer.Ordinal));

    private static ExpressionType? Item(SchemaField field) => field.Items switch
    {
        null => null,
        FieldKind.Object when field.Fields is { Fields.Count: > 0 } inner => Of(inner),
        { } kind => Of(kind),
    };

    private static ExpressionType Of(FieldKind kind) => kind switch
    {
        FieldKind.Text => ExpressionType.Text,
        FieldKind.Integer or FieldKind.Number => ExpressionType.Number,
        FieldKind.Boolean => ExpressionType.Boolean,
        FieldKind.DateTime => ExpressionType.Date,
        FieldKind.List => ExpressionType.List,
        FieldKind.Object or FieldKind.Map => ExpressionType.Object,
        _ => ExpressionType.Any,
    };
}
