using System.Text.Json;
using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>A step of a sequence and what is nested in it, by ids alone.</summary>
/// <param name="Id">The id of its node; null for a fork that links make alone, without a step of its own.</param>
/// <param name="Ways">What lies behind its ports, and how these ways come together before what follows it.</param>
/// <param name="Closed">Its ports after which nothing follows, although something follows the step.</param>
internal sealed record BlockStep(string? Id, IReadOnlyList<BlockWay> Ways, IReadOnlyList<string> Closed)
{
    /// <summary>Whether it is nothing but a step.</summary>
    public bool IsPlain => Id is not null && Ways.Count == 0 && Closed.Count == 0;
}

/// <summary>A way that is taken from a step.</summary>
/// <param name="Port">The port (of a fork: any name); null for a group.</param>
/// <param name="Steps">The steps on it; in a group those that follow where its ways have come together.</param>
/// <param name="Group">The ways of a group: some of a step's ways that come together before the others do.</param>
internal sealed record BlockWay(string? Port, IReadOnlyList<BlockStep> Steps, IReadOnlyList<BlockWay> Group)
{
    public static BlockWay Of(string port, IReadOnlyList<BlockStep> steps) => new(port, steps, []);
}

/// <summary>
/// The tree as it is kept with a definition. Flat, for steps may lie deeper in each other than stored JSON may be nested: plain steps are
/// ids, the others are numbers of entries in one list.
/// </summary>
internal static class BlockTreeJson
{
    public static JsonObject Write(IReadOnlyList<BlockStep> steps)
    {
        var entries = new JsonArray();
        return new JsonObject { ["steps"] = Sequence(steps, entries), ["nested"] = entries };
    }

    private const int MaxDepth = 50;

    /// <summary>The tree, or null when this is none: whoever changes a workflow may have written anything there.</summary>
    public static IReadOnlyList<BlockStep>? Read(JsonElement value)
    {
        if (value.Field("steps") is not { ValueKind: JsonValueKind.Array } steps
            || value.Field("nested") is not { ValueKind: JsonValueKind.Array } nested) return null;
        var entries = new JsonElement?[nested.GetArrayLength()];
        for (var i = 0; i < entries.Length; i++) entries[i] = nested[i];
        try
        {
            return Sequence(steps, entries, 0);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static JsonArray Sequence(IReadOnlyList<BlockStep> steps, JsonArray entries)
    {
        var list = new JsonArray();
        foreach (var step in steps) list.Add(step.IsPlain ? JsonValue.Create(step.Id) : Entry(step, entries));
        return list;
    }

    private static JsonValue Entry(BlockStep step, JsonArray entries)
    {
        var entry = new JsonObject();
        var number = entries.Count;
        entries.Add(entry);
        if (step.Id is { } id) entry["id"] = id;
        if (step.Ways.Count > 0) entry["ways"] = Ways(step.Ways, entries);
        if (step.Closed.Count > 0) entry["closed"] = new JsonArray([.. step.Closed.Select(c => JsonValue.Create(c))]);
        return JsonValue.Create(number);
    }

    private static JsonArray Ways(IReadOnlyList<BlockWay> ways, JsonArray entries)
    {
        var list = new JsonArray();
        foreach (var way in ways)
        {
            var item = new JsonObject();
            if (way.Port is { } port) item["port"] = port;
            else item["group"] = Ways(way.Group, entries);
            item["steps"] = Sequence(way.Steps, entries);
            list.Add(item);
        }

        return list;
    }

    // an entry is taken once, so that a circle of numbers ends
    private static BlockStep[] Sequence(JsonElement list, JsonElement?[] entries, int depth)
    {
        if (depth > MaxDepth) throw new FormatException("The steps lie too deep in each other.");
        var steps = new List<BlockStep>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                steps.Add(new BlockStep(item.GetString(), [], []));
                continue;
            }

            var number = item.GetInt32();
            var entry = entries[number] ?? throw new FormatException("A step is named twice.");
            entries[number] = null;
            steps.Add(new BlockStep(
                entry.TryGetProperty("id", out var id) ? id.GetString() : null,
                entry.TryGetProperty("ways", out var ways) ? Ways(ways, entries, depth + 1) : [],
                entry.TryGetProperty("closed", out var closed) ? [.. closed.EnumerateArray().Select(c => c.GetString()!)] : []));
        }

        return [.. steps];
    }

    private static BlockWay[] Ways(JsonElement list, JsonElement?[] entries, int depth) =>
    [
        .. list.EnumerateArray().Select(way => new BlockWay(
            way.TryGetProperty("port", out var port) ? port.GetString() : null,
            Sequence(way.GetProperty("steps"), entries, depth),
            way.TryGetProperty("group", out var group) ? Ways(group, entries, depth) : [])),
    ];
}
