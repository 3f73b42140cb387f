using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>The way to a value in the items of a list: <c>customer.name</c>, <c>lines[0].total</c>; empty for the item itself.</summary>
internal static class FieldPath
{
    /// <summary>The value, or undefined when the item has none there.</summary>
    public static JsonElement Follow(JsonElement item, string path)
    {
        var value = item;
        foreach (var segment in Segments(path))
        {
            if (!TryStep(value, segment, out value)) return default;
        }

        return value;
    }

    /// <summary>The parts of a path: names, and positions in their brackets.</summary>
    public static string[] Segments(string path) => path.Replace("[", ".[", StringComparison.Ordinal)
        .Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryStep(JsonElement from, string segment, out JsonElement value)
    {
        value = default;
        if (segment is ['[', .. var inner, ']'])
        {
            if (!int.TryParse(inner, out var index) || from.ValueKind != JsonValueKind.Array || index < 0 || index >= from.GetArrayLength())
                return false;
            value = from[index];
            return true;
        }

        return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(segment, out value);
    }
}
