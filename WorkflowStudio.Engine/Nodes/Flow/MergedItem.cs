using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Types;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>An item that is made of one of the left list and one of the right.</summary>
internal static class MergedItem
{
    /// <summary>The item, made of the items at these places; a failure when one of them cannot be a part of it.</summary>
    public static JsonElement Of(IReadOnlyList<JsonElement> left, int? leftPlace, IReadOnlyList<JsonElement> right, int? rightPlace,
        MergeListsSettings settings, out NodeOutcome.Failed? failed)
    {
        failed = null;
        var fields = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (leftPlace is { } l)
        {
            if (left[l].ValueKind != JsonValueKind.Object)
            {
                failed = NoObject(left[l], l, "left");
                return default;
            }

            foreach (var field in left[l].EnumerateObject()) fields[field.Name] = field.Value;
        }

        if (rightPlace is { } r) failed = Add(fields, right[r], r, leftPlace, settings);
        return failed is null ? JsonSerializer.SerializeToElement(fields, NodeJson.Options) : default;
    }

    /// <summary>What is known of the items; fields that only some of them have are among theirs.</summary>
    public static ExpressionType TypeOf(ExpressionType left, ExpressionType right, MergeListsSettings settings)
    {
        var isNested = settings.SameNames == MergeNames.Nested;
        if (left.Fields is not { } own || (!isNested && right.Fields is null))
            return left.IsSecret || right.IsSecret ? ExpressionType.Object.AsSecret() : ExpressionType.Object;
        var fields = new Dictionary<string, ExpressionType>(own, StringComparer.Ordinal);
        if (isNested) fields[settings.Name] = right;
        else
            foreach (var (name, type) in right.Fields!)
                fields[name] = fields.TryGetValue(name, out var other) ? ExpressionType.Join(other, type) : type;
        return ExpressionType.ObjectOf(fields);
    }

    private static NodeOutcome.Failed? Add(
        OrderedDictionary<string, JsonElement> fields, JsonElement right, int place, int? leftPlace, MergeListsSettings settings)
    {
        if (settings.SameNames == MergeNames.Nested)
            return fields.TryAdd(settings.Name, right)
                ? null
                : new NodeOutcome.Failed("name_taken", $"Item {leftPlace + 1} has a field of this name already. Choose another one. "
                    + "(Setting: name)");
        if (right.ValueKind != JsonValueKind.Object) return NoObject(right, place, "right");
        foreach (var field in right.EnumerateObject())
            if (settings.SameNames == MergeNames.Right || !fields.ContainsKey(field.Name)) fields[field.Name] = field.Value;
        return null;
    }

    private static NodeOutcome.Failed NoObject(JsonElement item, int place, string list) => new("not_an_object",
        $"Item {place + 1} of the {list} list is {ItemList.Kind(item)}, but only objects can be merged. Make objects of the items first, "
        + $"with “Transform a list”. (Setting: {list})");
}
