using System.Text.Json;
using System.Text.Json.Nodes;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>
/// The constraint of a trigger that lets one form alone start a workflow: <c>{"==":[{"var":"data.form_id"},"…"]}</c>, alone or as the
/// first of what has to hold (<c>and</c>).
/// </summary>
public static class FormRule
{
    private const string Place = "data.form_id";

    /// <summary>The form that constraints name; null where they name none.</summary>
    public static Guid? Of(JsonElement constraints) => Named(constraints) ?? (All(constraints) is [var first, ..] ? Named(first) : null);

    /// <summary>The same constraints for a form; null lets every form start it.</summary>
    public static JsonElement With(JsonElement constraints, Guid? form)
    {
        var rest = Rest(constraints);
        if (form is { } id) rest.Insert(0, new JsonObject
        { ["=="] = new JsonArray(new JsonObject { ["var"] = Place }, JsonValue.Create(id.ToString())) });
        return rest switch
        {
            [] => default,
            [var one] => JsonSerializer.SerializeToElement(one),
            _ => JsonSerializer.SerializeToElement(new JsonObject { ["and"] = new JsonArray([.. rest]) }),
        };
    }

    // what has to hold besides
    private static List<JsonNode> Rest(JsonElement constraints)
    {
        if (constraints.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || Named(constraints) is not null) return [];
        var all = All(constraints);
        return all is [var first, ..] && Named(first) is not null
            ? [.. all.Skip(1).Select(e => JsonNode.Parse(e.GetRawText())!)]
            : [JsonNode.Parse(constraints.GetRawText())!];
    }

    private static JsonElement[] All(JsonElement rule) =>
        Only(rule, "and") is { ValueKind: JsonValueKind.Array } all ? [.. all.EnumerateArray()] : [];

    private static Guid? Named(JsonElement rule) =>
        Only(rule, "==") is { ValueKind: JsonValueKind.Array } sides && sides.GetArrayLength() == 2
        && Only(sides[0], "var") is { ValueKind: JsonValueKind.String } place && place.ValueEquals(Place)
        && sides[1].ValueKind == JsonValueKind.String && Guid.TryParse(sides[1].GetString(), out var id)
            ? id
            : null;

    private static JsonElement Only(JsonElement rule, string name) =>
        rule.ValueKind == JsonValueKind.Object && rule.EnumerateObject().Count() == 1 && rule.TryGetProperty(name, out var value)
            ? value
            : default;
}
