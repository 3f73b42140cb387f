extern alias JsonSchemaNet;

using System.Text.Json;
using System.Text.Json.Nodes;
using JsonSchemaNet::Json.Schema;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>An OpenAPI document as it is sent, and what its schemas say of a value.</summary>
internal sealed class DocumentedShapes
{
    private const string Names = "#/components/schemas/";

    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonNode document;
    private readonly JsonObject definitions;

    public DocumentedShapes(string json)
    {
        document = JsonNode.Parse(json)!;
        definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
    }

    public JsonNode Document => document;

    /// <summary>The paths with their methods.</summary>
    public IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!);

    /// <summary>The operation of a path.</summary>
    public JsonNode? Operation(string path, string method) => document["paths"]?[path]?[method.ToLowerInvariant()];

    /// <summary>A response, also one that stands among those that are shared.</summary>
    public JsonNode? Response(JsonNode operation, int status)
    {
        var response = operation["responses"]?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        return (string?)response?["$ref"] is { } shared ? document["components"]!["responses"]![shared.Split('/')[^1]] : response;
    }

    /// <summary>What is wrong with a value by a schema of the document; empty for nothing.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <param name="isTold">Whether it is an answer: then it may have no field that the schema does not name.</param>
    public string Wrong(JsonNode schema, JsonNode? value, bool isTold)
    {
        var whole = schema.DeepClone().AsObject();
        var all = definitions.DeepClone().AsObject();
        if (isTold)
        {
            Close(whole);
            Close(all);
        }

        whole["$defs"] = all;
        var text = whole.ToJsonString().Replace(Names, "#/$defs/", StringComparison.Ordinal);
        var result = JsonSchema.FromText(text).Evaluate(JsonSerializer.SerializeToElement(value), Strictly);
        return result.IsValid ? "" : string.Join(
            "\n", (result.Details ?? []).Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e =>
                $"{d.InstanceLocation}: {e.Value}")));
    }

    // a field that an answer has and the document does not name is a gap
    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list)
            foreach (var item in list) Close(item);
        if (node is not JsonObject schema) return;
        foreach (var (_, value) in schema.ToList()) Close(value);
        if (schema["properties"] is JsonObject && schema["type"] is not null && !schema.ContainsKey("additionalProperties"))
            schema["additionalProperties"] = false;
    }
}
