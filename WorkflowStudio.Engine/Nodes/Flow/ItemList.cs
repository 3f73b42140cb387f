using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>A setting that must be a list.</summary>
internal static class ItemList
{
    /// <summary>The most items that a step goes through.</summary>
    public const int Most = 10_000;

    /// <summary>The items; false with the failure <c>not_a_list</c> or <c>too_many_items</c>.</summary>
    public static bool TryRead(
        JsonElement value, string setting, out IReadOnlyList<JsonElement> items, [NotNullWhen(false)] out NodeOutcome.Failed? failed)
    {
        items = [];
        failed = null;
        if (value.ValueKind != JsonValueKind.Array)
            failed = new NodeOutcome.Failed("not_a_list", $"The items must be a list, but {Kind(value)} was found. Refer to a list, or "
                + $"give an empty one where there may be none: {{{{ … ?? [] }}}}. (Setting: {setting})");
        else if (value.GetArrayLength() > Most)
            failed = new NodeOutcome.Failed("too_many_items",
                $"The list has {value.GetArrayLength():N0} items; at most {Most:N0} are possible. Pass a part of it. (Setting: {setting})");
        else items = [.. value.EnumerateArray()];
        return failed is null;
    }

    /// <summary>What a value is, in words.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Undefined or JsonValueKind.Null => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "a yes-or-no value",
    };
}
