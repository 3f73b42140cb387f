using System.Text.Json;
using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// The filters of an event trigger as a JSON Logic rule over the event: every field has to be what the filter says. A list means one of
/// its values; <c>x_min</c> and <c>x_max</c> bound the field <c>x</c>; an object looks into a field.
/// </summary>
internal static class DocumentsFilters
{
    /// <summary>The rule; undefined where nothing is filtered.</summary>
    public static JsonElement Rule(JsonElement filters)
    {
        var rules = filters.ValueKind == JsonValueKind.Object ? Rules("data", filters).ToArray() : [];
        return rules.Length switch
        {
            0 => default,
            1 => JsonElement.Parse(rules[0].ToJsonString()),
            _ => JsonElement.Parse(new JsonObject { ["and"] = new JsonArray(rules) }.ToJsonString()),
        };
    }

    private static IEnumerable<JsonNode> Rules(string below, JsonElement filters)
    {
        foreach (var filter in filters.EnumerateObject())
        {
            var path = $"{below}.{filter.Name}";
            if (filter.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Rules(path, filter.Value)) yield return inner;
                continue;
            }

            var value = JsonNode.Parse(filter.Value.GetRawText());
            yield return (filter.Value.ValueKind, filter.Name) switch
            {
                (JsonValueKind.Array, _) => new JsonObject { ["in"] = new JsonArray(Var(path), value) },
                (JsonValueKind.Number, [.., '_', 'm', 'i', 'n']) => new JsonObject { [">="] = new JsonArray(Var(path[..^4]), value) },
                (JsonValueKind.Number, [.., '_', 'm', 'a', 'x']) => new JsonObject { ["<="] = new JsonArray(Var(path[..^4]), value) },
                _ => new JsonObject { ["=="] = new JsonArray(Var(path), value) },
            };
        }
    }

    private static JsonObject Var(string path) => new() { ["var"] = path };
}
