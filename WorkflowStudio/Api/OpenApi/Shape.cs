using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>Writes what JSON may hold, as JSON Schema (2020-12), in few words. Every call makes a new one.</summary>
internal static class Shape
{
    /// <summary>The end of the address of a named shape.</summary>
    public const string Names = "#/components/schemas/";

    /// <summary>A text.</summary>
    public static JsonObject Text(string words, int? min = null, int? max = null, string? pattern = null)
    {
        var shape = Of("string", words);
        if (min is { } least) shape["minLength"] = least;
        if (max is { } most) shape["maxLength"] = most;
        if (pattern is not null) shape["pattern"] = pattern;
        return shape;
    }

    /// <summary>One of some words.</summary>
    public static JsonObject Word(string words, params IEnumerable<string> choices) =>
        With(Of("string", words), "enum", new JsonArray([.. choices.Select(c => JsonValue.Create(c))]));

    /// <summary>A text that is always the same.</summary>
    public static JsonObject Always(string word, string words) => With(Of("string", words), "const", word);

    /// <summary>A moment: ISO 8601, UTC.</summary>
    public static JsonObject Time(string words) => With(Of("string", words), "format", "date-time");

    /// <summary>An absolute address.</summary>
    public static JsonObject Address(string words) => With(Of("string", words), "format", "uri");

    /// <summary>An id that is a UUID.</summary>
    public static JsonObject Uuid(string words) => With(Of("string", words), "format", "uuid");

    /// <summary>An id with a kind before it, such as <c>wf_</c>.</summary>
    public static JsonObject Id(string kind, string words) => Text(words, pattern: $"^{kind}[0-9a-f]{{32}}$");

    /// <summary>A whole number.</summary>
    public static JsonObject Whole(string words, long? min = null, long? max = null)
    {
        var shape = Of("integer", words);
        if (min is { } least) shape["minimum"] = least;
        if (max is { } most) shape["maximum"] = most;
        return shape;
    }

    /// <summary>Any number.</summary>
    public static JsonObject Number(string words) => Of("number", words);

    /// <summary>True or false.</summary>
    public static JsonObject Flag(string words) => Of("boolean", words);

    /// <summary>Anything.</summary>
    public static JsonObject Any(string words) => Described([], words);

    /// <summary>An object of which nothing is promised.</summary>
    public static JsonObject Open(string words) => Opened(Of("object", words));

    /// <summary>A list.</summary>
    public static JsonObject List(JsonObject items, string words = "", int? min = null, int? max = null)
    {
        var shape = With(Of("array", words), "items", items);
        if (min is { } least) shape["minItems"] = least;
        if (max is { } most) shape["maxItems"] = most;
        return shape;
    }

    /// <summary>A named shape.</summary>
    public static JsonObject Ref(string name, string words = "") => Described(new JsonObject { ["$ref"] = Names + name }, words);

    /// <summary>One of some shapes at least.</summary>
    public static JsonObject Either(string words, params JsonObject[] shapes) =>
        With(Described([], words), "anyOf", new JsonArray([.. shapes.Cast<JsonNode>()]));

    /// <summary>An object that is sent: a name with a star at its end has to be there, the others may.</summary>
    public static JsonObject Sent(string words, params (string Name, JsonObject Shape)[] fields) =>
        Fields(words, fields, f => f.EndsWith('*'));

    /// <summary>An object that is answered: every field is there but those with a question mark at the end of their names.</summary>
    public static JsonObject Told(string words, params (string Name, JsonObject Shape)[] fields) =>
        Fields(words, fields, f => !f.EndsWith('?'));

    /// <summary>Or null.</summary>
    public static JsonObject OrNull(this JsonObject shape)
    {
        if (shape["type"] is JsonValue type)
        {
            shape["type"] = new JsonArray(type.DeepClone(), JsonValue.Create("null"));
            (shape["enum"] as JsonArray)?.Add(null);
            return shape;
        }

        shape.Remove("description", out var words);
        return Either((string?)words ?? "", shape, new JsonObject { ["type"] = "null" });
    }

    /// <summary>What holds where nothing is said.</summary>
    public static JsonObject Preset(this JsonObject shape, JsonNode value) => With(shape, "default", value);

    /// <summary>Other fields may be there.</summary>
    public static JsonObject Opened(this JsonObject shape) => With(shape, "additionalProperties", new JsonObject());

    /// <summary>No other field may be there.</summary>
    public static JsonObject Closed(this JsonObject shape) => With(shape, "additionalProperties", false);

    /// <summary>A value of it.</summary>
    public static JsonObject Such(this JsonObject shape, JsonNode value) => With(shape, "examples", new JsonArray(value));

    private static JsonObject Fields(string words, (string Name, JsonObject Shape)[] fields, Func<string, bool> isNeeded)
    {
        var shape = Of("object", words);
        var properties = new JsonObject();
        foreach (var (name, field) in fields) properties[name.TrimEnd('*', '?')] = field;
        shape["properties"] = properties;
        var needed = fields.Where(f => isNeeded(f.Name)).Select(f => (JsonNode?)JsonValue.Create(f.Name.TrimEnd('*', '?'))).ToArray();
        if (needed.Length > 0) shape["required"] = new JsonArray(needed);
        return shape;
    }

    private static JsonObject Of(string type, string words) => Described(new JsonObject { ["type"] = type }, words);

    private static JsonObject Described(JsonObject shape, string words) => words.Length == 0 ? shape : With(shape, "description", words);

    private static JsonObject With(JsonObject shape, string name, JsonNode value)
    {
        shape[name] = value;
        return shape;
    }
}
