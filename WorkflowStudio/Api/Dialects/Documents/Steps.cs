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
            foreach (var (i, item) in list.EnumerateArray().Index()) Check(fields, item, $"definition.steps[{i}]");
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
        return (same?.Type == type ? same : new WorkflowNode { Id = own.Text("id")!, Type = type }) with
        { Id = own.Text("id")!, Config = config };
    }

    /// <summary>A node as a step.</summary>
    public static JsonElement Write(WorkflowNode node) => Json(new JsonObject
    {
        ["id"] = node.Id,
        ["type"] = node.Type,
        ["config"] = node.Config.ValueKind == JsonValueKind.Object ? JsonNode.Parse(node.Config.GetRawText()) : new JsonObject(),
    });

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

    private static void Check(BodyReader fields, JsonElement item, string path)
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

        if (own.Has("config") && own.Field("config").ValueKind != JsonValueKind.Object)
            fields.Wrong($"{path}.config", "The settings of a step have to be an object.");
    }

    private static JsonElement Json(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
