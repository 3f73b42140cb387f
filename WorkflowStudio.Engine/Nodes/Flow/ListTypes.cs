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
}
