using WorkflowStudio.Engine.Expressions.Types;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>What is known of the output of a step that hands the items of a list on.</summary>
internal static class ListTypes
{
    /// <summary>An output of items of a type, their count, and more.</summary>
    public static ExpressionType Output(ExpressionType item, params ReadOnlySpan<(string Name, ExpressionType Type)> more)
    {
        var fields = new Dictionary<string, ExpressionType>(StringComparer.Ordinal)
        { ["items"] = ExpressionType.ListOf(item), ["count"] = ExpressionType.Number };
        foreach (var (name, type) in more) fields[name] = type;
        return ExpressionType.ObjectOf(fields);
    }

    /// <summary>What is known of the value to which a path leads in an item, as <see cref="FieldPath"/> follows it.</summary>
    public static ExpressionType Follow(ExpressionType item, string path)
    {
        var type = item;
        foreach (var segment in FieldPath.Segments(path))
        {
            var isPosition = segment is ['[', ..];
            var next = (type.Kind, isPosition) switch
            {
                (TypeKind.Object, false) when type.Fields is { } fields => fields.GetValueOrDefault(segment, ExpressionType.Any),
                (TypeKind.Object, false) or (TypeKind.List, true) => type.Items ?? ExpressionType.Any,
                _ => ExpressionType.Any,
            };
            // a secret object as a whole says nothing of each of its known fields
            var isSecret = next.IsSecret || (type.IsSecret && type.Fields is null);
            type = next with { IsSecret = isSecret };
        }

        return type;
    }
}
