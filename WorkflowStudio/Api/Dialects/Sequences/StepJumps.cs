using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// Where a list of steps does not simply go on: <c>yes</c> and <c>no</c> of a condition, <c>goTo</c> of a switch's cases and its
/// <c>default</c>. They say <c>next</c>, <c>end</c>, the id of a later step, or its place counted from 0.
/// </summary>
internal static class StepJumps
{
    /// <summary>The field of a case.</summary>
    public const string OfCase = "goTo";

    /// <summary>The field of a switch for what fits no case, and its port.</summary>
    public const string Default = "default";

    /// <summary>The last step of a way: nothing follows.</summary>
    private const string End = "end";

    private const string Next = "next";

    /// <summary>The fields of a condition, the port of each, and where it goes when nothing is said.</summary>
    public static IReadOnlyList<(string Field, string Port, string Usual)> OfConditions { get; } =
        [("yes", "then", Next), ("no", "else", End)];

    /// <summary>The links that leave a step.</summary>
    /// <param name="step">The step as it was sent.</param>
    /// <param name="type">Its type.</param>
    /// <param name="index">Its place.</param>
    /// <param name="ids">The ids of all.</param>
    /// <param name="wrong">Told what names no later step.</param>
    public static IEnumerable<LinkConnection> From(
        JsonElement step, string type, int index, IReadOnlyList<string> ids, Action<string, string>? wrong = null)
    {
        var config = step.ValueKind == JsonValueKind.Object && step.TryGetProperty("config", out var given) ? given : default;
        return Ways(config, type).Select(way => (way.Port, To: Target(way.Said, way.Usual, index, ids, way.Path, wrong)))
            .Where(way => way.To is not null).Select(way => new LinkConnection(ids[index], way.Port, way.To!));
    }

    private static IEnumerable<(string? Port, JsonElement Said, string Usual, string Path)> Ways(JsonElement config, string type)
    {
        switch (type)
        {
            case "end" or "stop":
                break;
            case "condition":
                foreach (var (field, port, usual) in OfConditions) yield return (port, At(config, field), usual, field);
                break;
            case "switch":
                var cases = At(config, "cases");
                for (var i = 0; i < (cases.ValueKind == JsonValueKind.Array ? cases.GetArrayLength() : 0); i++)
                    if (Name(cases[i]) is { } name) yield return (name, At(cases[i], OfCase), Next, $"cases[{i}].{OfCase}");
                yield return (Default, At(config, Default), Next, Default);
                break;
            default:
                yield return (null, default, Next, "");
                break;
        }
    }

    private static string? Target(
        JsonElement said, string usual, int index, IReadOnlyList<string> ids, string path, Action<string, string>? wrong)
    {
        var place = said.ValueKind == JsonValueKind.Number && said.TryGetInt32(out var number) ? number : -1;
        var word = said.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => usual,
            JsonValueKind.String => said.GetString()!,
            _ => place > index && place < ids.Count ? ids[place] : "",
        };
        if (word == Next) return index + 1 < ids.Count ? ids[index + 1] : null;
        if (word == End && !ids.Skip(index + 1).Contains(End)) return null;
        if (ids.Skip(index + 1).Contains(word)) return word;
        wrong?.Invoke(path, string.Create(CultureInfo.InvariantCulture,
            $"This has to be next, end, or a later step: its id, or its place counted from 0, which is {index + 1} or more."));
        return null;
    }

    private static string? Name(JsonElement option)
    {
        var name = At(option, "name") is { ValueKind: JsonValueKind.String } given ? given
            : At(option, "equals") is { ValueKind: not JsonValueKind.Undefined } equals ? equals : At(option, "value");
        var text = name.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "" : name.ToString();
        return text.Length == 0 ? null : text;
    }

    private static JsonElement At(JsonElement of, string field) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(field, out var value) ? value : default;
}
