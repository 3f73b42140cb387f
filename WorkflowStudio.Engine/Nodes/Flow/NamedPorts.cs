using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Ports that the settings of a step name.</summary>
internal static class NamedPorts
{
    /// <summary>The longest name.</summary>
    public const int Longest = 60;

    /// <summary>The names in a list setting, each once, empty ones left out; of texts, or of objects with a field for the name.</summary>
    public static IReadOnlyList<string> Read(JsonElement config, string setting, string? field = null)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(setting, out var list)
            || list.ValueKind != JsonValueKind.Array) return [];
        return [.. list.EnumerateArray().Select(i => NameOf(i, field)).Where(n => n is { Length: > 0 and <= Longest }).Cast<string>()
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Names that are taken or reserved, or that an expression would make.</summary>
    public static IEnumerable<SettingProblem> Check(IReadOnlyList<string> names, Func<int, string> path, params string[] reserved)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            if (reserved.Contains(name) || name is WorkflowNode.ErrorPort or NodePort.All)
                yield return SettingProblem.Wrong(path(i), $"The name {name} is reserved. Choose another.");
            else if (names.Take(i).Contains(name))
                yield return SettingProblem.Wrong(path(i), $"The name {name} is taken by another one. Give each its own.");
            else if (name.Contains("{{", StringComparison.Ordinal) || name != name.Trim())
                yield return SettingProblem.Wrong(path(i), "The name must be plain text without spaces around it: links refer to it.");
        }
    }

    private static string? NameOf(JsonElement item, string? field)
    {
        var value =
            field is null ? item : item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var named) ? named : default;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
