using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>One step as JSON: its fields, and its branches without what is in them.</summary>
internal static class BlockForm
{
    // fields of a step that are this model's own and not of the reference text
    private static readonly string[] Own = ["on_error", "retry", "timeout", "disabled"];

    /// <summary>Whether a step is a fork that links make alone: several ways that begin at once without a step of their own.</summary>
    public static bool IsFork(JsonElement step) => step.Field("implicit").ValueKind == JsonValueKind.True
        && step.Text("$kind") == "Block" && step.Text("type") == "parallel"
        && step.Field("branches") is { ValueKind: JsonValueKind.Object } branches
        && branches.EnumerateObject().All(b => b.Value.ValueKind == JsonValueKind.Array)
        && step.EnumerateObject().All(f => f.Name is "$kind" or "type" or "implicit" or "branches"
            || (f.Name == "groups" && HasGroups(f.Value)) || (f.Name == "closed" && IsTexts(f.Value)));

    /// <summary>Whether a value is a list of groups of ways.</summary>
    public static bool HasGroups(JsonElement groups) => groups.ValueKind == JsonValueKind.Array
        && groups.GetArrayLength() > 0 && groups.EnumerateArray().All(g =>
        g.ValueKind == JsonValueKind.Object && g.Field("then").ValueKind == JsonValueKind.Array
        && g.Field("branches") is { ValueKind: JsonValueKind.Object } branches
        && branches.EnumerateObject().All(b => b.Value.ValueKind == JsonValueKind.Array)
        && g.EnumerateObject().All(f => f.Name is "branches" or "then" || (f.Name == "groups" && HasGroups(f.Value))));

    /// <summary>The node of a step.</summary>
    public static WorkflowNode Read(JsonElement step, string id, string nodeType, bool isBlock)
    {
        var settings = step.Field(isBlock ? "inputs" : "input");
        var node = new WorkflowNode
        {
            Id = id,
            Type = nodeType,
            Name = step.Text("name") ?? "",
            Config = isBlock ? Inputs(step, settings, nodeType) : settings.ValueKind == JsonValueKind.Object ? settings.Clone() : default,
        };
        foreach (var field in Own)
            if (step.Field(field).ValueKind != JsonValueKind.Undefined) node = With(node, field, step.Field(field));
        return node;
    }

    /// <summary>The fields of a node's step. <paramref name="json"/> is the node as the model writes it.</summary>
    public static JsonObject Write(WorkflowNode node, JsonElement json, BlockPorts ports)
    {
        var form = new JsonObject();
        if (ports.IsBlock(node))
        {
            form["$kind"] = "Block";
            form["type"] = BlockTypes.BlockOf(node.Type) ?? node.Type;
            form["id"] = node.Id;
            if (node.Name.Length > 0) form["name"] = node.Name;
            form["inputs"] = BlockTypes.Inputs(node, ports.UsualBranches(node));
        }
        else
        {
            form["$kind"] = "Action";
            form["id"] = node.Id;
            form["type"] = node.Type;
            form["name"] = node.Name;
            form["input"] = node.Config.Copy();
        }

        foreach (var field in Own)
            if (json.Field(field) is { ValueKind: not JsonValueKind.Undefined } value) form[field] = value.ToNode();
        return form;
    }

    /// <summary>Adds what lies behind a step. <paramref name="sequence"/> writes the steps of a way.</summary>
    public static void Nest(
        JsonObject form, WorkflowNode? node, BlockStep step, BlockPorts ports, Func<IReadOnlyList<BlockStep>, JsonNode> sequence)
    {
        var type = node?.Type ?? "";
        var branches = new JsonObject();
        var usual = node is not null && ports.IsBlock(node) ? ports.UsualBranches(node) : [];
        var grouped = step.Ways.SelectMany(Grouped).ToHashSet(StringComparer.Ordinal);
        foreach (var port in usual.Where(p => !grouped.Contains(p))) branches[BlockTypes.Branch(type, port)] = sequence([]);
        Branches(branches, step.Ways);
        if (branches.Count > 0 || node is null || usual.Count > 0) form["branches"] = branches;
        if (step.Ways.Any(w => w.Port is null)) form["groups"] = Groups(step.Ways);
        if (step.Closed.Count > 0)
            form["closed"] = new JsonArray([.. step.Closed.Select(c => JsonValue.Create(BlockTypes.Branch(type, c)))]);

        JsonObject Branches(JsonObject found, IEnumerable<BlockWay> ways)
        {
            foreach (var way in ways)
                if (way.Port is { } port) found[BlockTypes.Branch(type, port)] = sequence(way.Steps);
            return found;
        }

        JsonArray Groups(IEnumerable<BlockWay> ways)
        {
            var list = new JsonArray();
            foreach (var way in ways.Where(w => w.Port is null))
            {
                var group = new JsonObject { ["branches"] = Branches([], way.Group) };
                if (way.Group.Any(w => w.Port is null)) group["groups"] = Groups(way.Group);
                group["then"] = sequence(way.Steps);
                list.Add(group);
            }

            return list;
        }
    }

    /// <summary>Notes in what a step as it was sent differs from how its node is written.</summary>
    public static void Note(JsonObject notes, JsonElement sent, WorkflowNode node, BlockStep read, BlockPorts ports)
    {
        var json = JsonElement.Parse(WorkflowJson.Write(WorkflowDefinition.Empty with { Nodes = [node] })).GetProperty("nodes")[0];
        var written = Write(node, json, ports);
        Nest(written, node, read, ports, steps => steps.Count == 0 ? new JsonArray() : Full());
        var came = new JsonObject();
        foreach (var field in sent.EnumerateObject())
            came[field.Name] = field.Name == "branches" && field.Value.ValueKind == JsonValueKind.Object
                ? Outline(field.Value)
                : field.Value.ToNode();
        if (HasGroups(sent.Field("groups")))
        {
            written.Remove("groups");
            came.Remove("groups");
        }

        if (came["branches"] is JsonObject branches)
        {
            Add(notes, BlocksExtension.Branches, BlockKept.Notes(written["branches"] as JsonObject ?? [], branches));
            if (branches.Count > 0 || written.ContainsKey("branches"))
            {
                came.Remove("branches");
                written.Remove("branches");
            }
        }

        if (IsMade(sent.Field("id"))) written.Remove("id"); // it comes back as it was made
        if (IsMade(sent.Field("id"))) came.Remove("id");
        Add(notes, BlocksExtension.Fields, BlockKept.Notes(written, came));
    }

    /// <summary>Whether a step was sent without an id, so that one is made.</summary>
    public static bool IsMade(JsonElement id) =>
        id.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        || (id.ValueKind == JsonValueKind.String && id.GetString()!.Length == 0);

    private static void Add(JsonObject notes, string name, JsonObject found)
    {
        if (found.Count > 0) notes[name] = found;
    }

    private static JsonElement Inputs(JsonElement step, JsonElement inputs, string nodeType)
    {
        if (inputs.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null)) return default;
        var branches = step.Field("branches") is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().Select(b => b.Name).ToList()
            : [];
        return BlockTypes.Config(nodeType, inputs, branches).ToElement();
    }

    // what cannot be read is kept as it was sent
    private static WorkflowNode With(WorkflowNode node, string field, JsonElement value)
    {
        var json = new JsonObject
        {
            ["trigger"] = new JsonObject { ["type"] = "manual" },
            ["nodes"] = new JsonArray(new JsonObject { ["id"] = "a", ["type"] = "a", [field] = value.ToNode() }),
        };
        if (!WorkflowJson.TryRead(json.ToElement(), out WorkflowDefinition read, out _)) return node;
        return field switch
        {
            "on_error" => node with { OnError = read.Nodes[0].OnError },
            "retry" => node with { Retry = read.Nodes[0].Retry },
            "timeout" => node with { Timeout = read.Nodes[0].Timeout },
            _ => node with { Disabled = read.Nodes[0].Disabled },
        };
    }

    private static IEnumerable<string> Grouped(BlockWay way) =>
        way.Group.SelectMany(w => w.Port is { } port ? [port] : Grouped(w));

    private static JsonObject Outline(JsonElement branches)
    {
        var outline = new JsonObject();
        foreach (var branch in branches.EnumerateObject())
            outline[branch.Name] = branch.Value.ValueKind == JsonValueKind.Array && branch.Value.GetArrayLength() > 0
                ? Full()
                : branch.Value.ToNode();
        return outline;
    }

    private static JsonValue Full() => JsonValue.Create("…");

    private static bool IsTexts(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String);
}
