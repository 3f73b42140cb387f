using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// Between steps and nodes: <c>{id,type,config}</c> is a node of the same id. The reference text leaves open how a condition and a
/// transform are set; what the model has other words for is put into them.
/// </summary>
internal static class DocumentsSteps
{
    private const string Condition = "condition";
    private const string Transform = "transform";

    /// <summary>What the model has a place for in a definition.</summary>
    public static readonly IReadOnlySet<string> Known = new HashSet<string> { "steps" };

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>Checks the form of the steps of a body and reads them.</summary>
    public static IReadOnlyList<JsonElement>? Read(BodyReader fields, bool isWhole)
    {
        if (!fields.Has("definition"))
        {
            if (isWhole) fields.Missing("definition");
            return null;
        }

        if (fields.Object("definition") is not { ValueKind: JsonValueKind.Object } definition) return null;
        var own = new BodyReader(definition);
        if (!own.Has("steps")) fields.Missing("definition.steps");
        else if (own.Field("steps") is not { ValueKind: JsonValueKind.Array } list)
            fields.Wrong("definition.steps", "The field definition.steps has to be a list of steps.");
        else if (list.GetArrayLength() == 0) fields.Wrong("definition.steps", "A workflow needs at least one step.");
        else
        {
            var foreign = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (i, item) in list.EnumerateArray().Index()) Check(fields, item, $"definition.steps[{i}]", i, foreign);
            return [.. list.EnumerateArray()];
        }

        return null;
    }

    /// <summary>The node that a step stands for.</summary>
    /// <param name="step">The step, checked.</param>
    /// <param name="same">The node as it is, where the step stays what it was: it keeps what only the studio knows of it.</param>
    public static WorkflowNode Node(JsonElement step, WorkflowNode? same)
    {
        var own = new BodyReader(step);
        var (type, config) = (own.Text("type")!, own.Has("config") ? own.Field("config") : Nothing);
        var fields = new BodyReader(config);
        if (type == Transform && fields.Text("expression") is { Length: > 0 } expression && !fields.Has("items"))
            (type, config) = ("set", Json(new JsonObject { ["values"] = new JsonObject { ["result"] = Marked(expression) } }));
        else if (type == Condition && !fields.Has("conditions"))
            config = ConditionOf(fields, config);
        var sent = own.Text("id")!;
        var id = StepIds.Node(sent);
        // a node whose id says little is called by the step's
        var node = same?.Type == type ? same
            : new WorkflowNode { Id = id, Type = type, Name = id == sent ? "" : ShownText.Fit(sent, WorkflowLimits.NameLength) };
        return node with { Id = id, Config = StepIds.Inwards(config) };
    }

    /// <summary>A node as a step.</summary>
    /// <param name="node">The node.</param>
    /// <param name="ids">The ids of the steps.</param>
    /// <param name="sent">The step as it was sent once; undefined for none. What it says beside the model comes back.</param>
    public static JsonElement Write(WorkflowNode node, StepIds ids, JsonElement sent)
    {
        var config = ids.Outwards(node.Config);
        var step = new JsonObject
        {
            ["id"] = ids.Sent(node.Id),
            ["type"] = node.Type,
            ["config"] = config.ValueKind == JsonValueKind.Object ? JsonNode.Parse(config.GetRawText()) : new JsonObject(),
        };
        if (sent.ValueKind == JsonValueKind.Object)
            foreach (var field in sent.EnumerateObject().Where(f => !step.ContainsKey(f.Name)))
                step[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        return Json(step);
    }

    private static JsonElement ConditionOf(BodyReader fields, JsonElement config)
    {
        if (fields.Text("expression") is { Length: > 0 } expression)
            return Json(new JsonObject { ["expression"] = Marked(expression) });
        if (fields.Text("field") is not { Length: > 0 } field) return config;
        var one = new JsonObject { ["left"] = Marked(field) };
        if (fields.Text("operator") is { } name) one["operator"] = name;
        if (fields.Has("value")) one["right"] = JsonNode.Parse(fields.Field("value").GetRawText());
        return Json(new JsonObject { ["conditions"] = new JsonArray(one) });
    }

    // an expression may be written with its marks or without
    private static string Marked(string expression) =>
        expression.Contains("{{", StringComparison.Ordinal) ? expression : "{{ " + expression + " }}";

    private static void Check(BodyReader fields, JsonElement item, string path, int index, Dictionary<string, int> foreign)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            fields.Wrong(path, "A step has to be an object with id, type and config.");
            return;
        }

        var own = new BodyReader(item);
        foreach (var name in new[] { "id", "type" })
        {
            if (!own.Has(name)) fields.Missing($"{path}.{name}");
            else if (own.Field(name).ValueKind != JsonValueKind.String)
                fields.Wrong($"{path}.{name}", $"The field {path}.{name} has to be text.");
        }

        if (own.Text("id") is { Length: > 0 } id && !WorkflowNode.CanBeId(id))
        {
            if (!StepIds.IsGood(id))
                fields.Wrong($"{path}.id", $"The id of a step has at most {StepIds.Longest} characters, none of them a control character.");
            else if (!foreign.TryAdd(id, index))
                fields.Wrong($"{path}.id",
                    $"The id {ShownText.Fit(id, 60)} is taken by definition.steps[{foreign[id]}]. Give each step its own id.");
        }

        if (own.Has("config") && own.Field("config").ValueKind != JsonValueKind.Object)
            fields.Wrong($"{path}.config", "The settings of a step have to be an object.");
    }

    private static JsonElement Json(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
