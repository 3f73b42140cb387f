using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Api;

/// <summary>Settings as JSON Schema (draft 2020-12), made from the one description of them. A text may always hold an expression.</summary>
internal static class JsonSchemas
{
    /// <summary>The schema of an object with these fields. Others may be there: they are kept.</summary>
    public static JsonObject Of(NodeSchema fields)
    {
        var schema = new JsonObject { ["type"] = "object" };
        var properties = new JsonObject();
        foreach (var field in fields.Fields) properties[field.Name] = Of(field);
        schema["properties"] = properties;
        var required = fields.Fields.Where(f => f.Required).Select(f => (JsonNode?)JsonValue.Create(f.Name)).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    private static JsonObject Of(SchemaField field)
    {
        var schema = new JsonObject { ["title"] = field.Title };
        if (field.Description.Length > 0) schema["description"] = field.Description;
        Kind(schema, field.Kind, field);
        if (field.Choices.Count > 0) schema["enum"] = new JsonArray([.. field.Choices.Select(c => JsonValue.Create(c.Value))]);
        if (field.Default.ValueKind != JsonValueKind.Undefined) schema["default"] = JsonNode.Parse(field.Default.GetRawText());
        return schema;
    }

    private static void Kind(JsonObject schema, FieldKind kind, SchemaField field)
    {
        if (TypeOf(kind) is { } type) schema["type"] = type;
        switch (kind)
        {
            case FieldKind.DateTime:
                schema["format"] = "date-time";
                break;
            case FieldKind.List:
                schema["items"] = Items(field);
                break;
            case FieldKind.Map:
                schema["additionalProperties"] = Items(field);
                break;
            case FieldKind.Object when field.Fields is { } fields:
                foreach (var (name, value) in Of(fields)) schema[name] = value?.DeepClone();
                break;
        }

        var (min, max) = kind switch
        {
            FieldKind.Text => ("minLength", "maxLength"),
            FieldKind.List => ("minItems", "maxItems"),
            FieldKind.Map => ("minProperties", "maxProperties"),
            _ => ("minimum", "maximum"),
        };
        if (field.Min is { } least) schema[min] = least;
        if (field.Max is { } most) schema[max] = most;
    }

    private static JsonObject Items(SchemaField field) => field.Fields is { } fields
        ? Of(fields)
        : field.Items is { } kind && TypeOf(kind) is { } type ? new JsonObject { ["type"] = type } : [];

    private static string? TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.DateTime => "string",
        FieldKind.Integer => "integer",
        FieldKind.Number => "number",
        FieldKind.Boolean => "boolean",
        FieldKind.List => "array",
        FieldKind.Object or FieldKind.Map => "object",
        _ => null,
    };
}
