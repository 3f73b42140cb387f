using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The blocks of this dialect and the step types that they are, with their inputs as settings.</summary>
internal static class BlockTypes
{
    public const string Condition = "condition";
    public const string Switch = "switch";
    public const string ForEach = "for_each";
    public const string Parallel = "parallel";
    public const string Wait = "wait";
    public const string WaitForEvent = "wait_for_event";

    /// <summary>The block types, as definitions list them, and the step type that describes the settings of each.</summary>
    public static IReadOnlyList<(string Block, string Node)> All { get; } =
        [("if-else", Condition), ("switch", Switch), ("for-each", ForEach), ("parallel", Parallel), ("wait", Wait)];

    /// <summary>The block of a step type; null when it is an action.</summary>
    public static string? BlockOf(string nodeType) =>
        nodeType == WaitForEvent ? "wait" : All.FirstOrDefault(a => a.Node == nodeType).Block;

    /// <summary>The step type of a block; of an unknown one its name.</summary>
    public static string NodeOf(string block, JsonElement inputs) =>
        block == "wait" && inputs.Field("event").ValueKind != JsonValueKind.Undefined
            ? WaitForEvent
            : All.FirstOrDefault(a => a.Block == block).Node ?? block;

    /// <summary>The branch of a port, and the port of a branch: what a loop repeats is its body.</summary>
    public static string Branch(string nodeType, string port) => nodeType != ForEach ? port : port switch
    {
        "each" => "body",
        "body" => "each", // so that each name has one meaning; there is no such port
        _ => port,
    };

    /// <summary>The settings that the inputs of a block mean. <paramref name="branches"/> are the names of its branches.</summary>
    public static JsonObject Config(string nodeType, JsonElement inputs, IReadOnlyList<string> branches)
    {
        var config = inputs.Copy();
        switch (nodeType)
        {
            case Condition:
                Conditions(config);
                break;
            case Switch:
                config["cases"] = Cases(inputs.Field("cases"), branches);
                break;
            case Parallel when branches.Count > 0 && !config.ContainsKey("branches"):
                config["branches"] = new JsonArray([.. branches.Select(b => JsonValue.Create(b))]);
                break;
            case Wait when !config.ContainsKey("for"):
                Rename(config, "duration", "for", v => v?.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(v.ToJsonString()) : v);
                break;
        }

        return config;
    }

    /// <summary>The inputs that write settings. The opposite of <see cref="Config"/>, where there is one.</summary>
    public static JsonObject Inputs(WorkflowNode node, IReadOnlyList<string> branches)
    {
        var inputs = node.Config.Copy();
        switch (node.Type)
        {
            case Condition:
                Conditioned(inputs);
                break;
            case Switch when inputs["cases"] is JsonArray cases:
                inputs["cases"] = new JsonArray([.. cases.Select(c => Renamed(c, "operator", "operatorName"))]);
                break;
            case Parallel when inputs["branches"] is JsonArray names && Names(names).SequenceEqual(branches):
                inputs.Remove("branches");
                break;
            case Wait:
                Rename(inputs, "for", "duration");
                break;
        }

        return inputs;
    }

    /// <summary>Whether a step can be written as a block and read again as the same step.</summary>
    public static bool IsBlock(WorkflowNode node, IReadOnlyList<string> branches)
    {
        if (BlockOf(node.Type) is not { } block || node.Config.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
            return false;
        var inputs = Inputs(node, branches).ToElement();
        return NodeOf(block, inputs) == node.Type && JsonNode.DeepEquals(Config(node.Type, inputs, branches), node.Config.Copy());
    }

    // one comparison is "condition", several are "conditions"; a condition that is no comparison is an expression
    private static void Conditions(JsonObject config)
    {
        if (!config.Remove("condition", out var one))
        {
            if (config["conditions"] is JsonArray some)
                config["conditions"] = new JsonArray([.. some.Select(c => Renamed(c, "operatorName", "operator"))]);
            return;
        }

        if (one is not JsonObject)
        {
            config.TryAdd("expression", one);
            return;
        }

        var list = config["conditions"] is JsonArray more ? more.ToList() : [];
        config["conditions"] =
            new JsonArray([.. list.Prepend(one).Select(c => Renamed(c, "operatorName", "operator"))]);
    }

    private static void Conditioned(JsonObject inputs)
    {
        var conditions = inputs["conditions"] as JsonArray;
        if (conditions is [JsonObject only] && !inputs.ContainsKey("match") && !inputs.ContainsKey("expression"))
            Put("conditions", Renamed(only, "operator", "operatorName"));
        else if (!inputs.ContainsKey("conditions") && inputs["expression"] is { } said and not JsonObject)
            Put("expression", said.DeepClone());
        else if (conditions is not null)
            inputs["conditions"] = new JsonArray([.. conditions.Select(c => Renamed(c, "operator", "operatorName"))]);

        void Put(string instead, JsonNode? value)
        {
            inputs.Remove(instead);
            if (!inputs.ContainsKey("condition")) inputs.Insert(0, "condition", value);
        }
    }

    // cases may be named alone: then the value is compared with the name
    private static JsonNode? Cases(JsonElement cases, IReadOnlyList<string> branches) => cases.ValueKind switch
    {
        JsonValueKind.Undefined => new JsonArray([.. branches.Where(b => b != "default").Select(b => Case(b, JsonValue.Create(b)))]),
        JsonValueKind.Object => new JsonArray([.. cases.EnumerateObject().Select(c => Case(c.Name, c.Value.ToNode()))]),
        JsonValueKind.Array => new JsonArray([.. cases.EnumerateArray().Select(c => c.ValueKind == JsonValueKind.String
            ? Case(c.GetString()!, c.ToNode())
            : Renamed(c.ToNode(), "operatorName", "operator"))]),
        _ => cases.ToNode(),
    };

    private static JsonObject Case(string name, JsonNode? equals) => new() { ["name"] = name, ["equals"] = equals };

    private static IEnumerable<string?> Names(JsonArray names) =>
        names.Select(n => n is JsonValue value && value.TryGetValue<string>(out var name) ? name : null);

    private static JsonNode? Renamed(JsonNode? node, string from, string to)
    {
        var copy = node?.DeepClone();
        if (copy is JsonObject item && !item.ContainsKey(to)) Rename(item, from, to);
        return copy;
    }

    private static void Rename(JsonObject item, string from, string to, Func<JsonNode?, JsonNode?>? change = null)
    {
        var at = item.IndexOf(from);
        if (at < 0 || item.ContainsKey(to)) return;
        item.Remove(from, out var value);
        item.Insert(at, to, change is null ? value : change(value));
    }
}
