using System.Text.Json;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Api;

/// <summary>
/// Writes the fields of settings as JSON Schema (2020-12). Where a setting takes expressions, text with <c>{{</c> may stand for any kind;
/// names that a schema does not list are kept, so none is closed.
/// </summary>
internal static class SchemaJson
{
    private const string Expression = @"\{\{";

    /// <summary>The schema of an object with these fields.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="schema">The fields.</param>
    /// <param name="expressions">Whether an expression may stand for a value: in settings, not in outputs.</param>
    public static void Write(Utf8JsonWriter w, NodeSchema schema, bool expressions)
    {
        w.WriteStartObject();
        Object(w, schema, expressions);
        w.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter w, NodeSchema schema, bool expressions)
    {
        w.WriteString("type", "object");
        w.WriteStartObject("properties");
        foreach (var field in schema.Fields)
        {
            w.WriteStartObject(field.Name);
            Field(w, field, expressions);
            w.WriteEndObject();
        }

        w.WriteEndObject();
        if (!schema.Fields.Any(f => f.Required)) return;
        w.WriteStartArray("required");
        foreach (var field in schema.Fields.Where(f => f.Required)) w.WriteStringValue(field.Name);
        w.WriteEndArray();
    }

    private static void Field(Utf8JsonWriter w, SchemaField field, bool expressions)
    {
        w.WriteString("title", field.Title);
        if (field.Description.Length > 0) w.WriteString("description", field.Description);
        if (field.Default.ValueKind != JsonValueKind.Undefined)
        {
            w.WritePropertyName("default");
            field.Default.WriteTo(w);
        }

        if (field.Secret) w.WriteBoolean("writeOnly", true);
        // text is text, also with an expression in it, unless only some texts are possible
        if (!expressions || field.Kind == FieldKind.Any || (field.Kind == FieldKind.Text && field.Choices.Count == 0))
        {
            Kind(w, field, expressions);
            return;
        }

        w.WriteStartArray("anyOf");
        w.WriteStartObject();
        Kind(w, field, expressions);
        w.WriteEndObject();
        w.WriteStartObject();
        w.WriteString("type", "string");
        w.WriteString("pattern", Expression);
        w.WriteEndObject();
        w.WriteEndArray();
    }

    private static void Kind(Utf8JsonWriter w, SchemaField field, bool expressions)
    {
        switch (field.Kind)
        {
            case FieldKind.Text:
                w.WriteString("type", "string");
                Bounds(w, field, "minLength", "maxLength");
                Choices(w, field);
                break;
            case FieldKind.Integer or FieldKind.Number:
                w.WriteString("type", field.Kind == FieldKind.Integer ? "integer" : "number");
                Bounds(w, field, "minimum", "maximum");
                break;
            case FieldKind.Boolean:
                w.WriteString("type", "boolean");
                break;
            case FieldKind.DateTime:
                w.WriteString("type", "string");
                w.WriteString("format", "date-time");
                break;
            case FieldKind.Object:
                Object(w, field.Fields ?? NodeSchema.None, expressions);
                break;
            case FieldKind.List:
                w.WriteString("type", "array");
                Bounds(w, field, "minItems", "maxItems");
                Inner(w, "items", field, expressions);
                break;
            case FieldKind.Map:
                w.WriteString("type", "object");
                Bounds(w, field, "minProperties", "maxProperties");
                Inner(w, "additionalProperties", field, expressions);
                break;
        }
    }

    private static void Inner(Utf8JsonWriter w, string name, SchemaField field, bool expressions)
    {
        if (field.Items is not { } items) return;
        w.WriteStartObject(name);
        Kind(w, new SchemaField { Name = field.Name, Title = field.Title, Kind = items, Fields = field.Fields, Choices = field.Choices },
            expressions);
        w.WriteEndObject();
    }

    private static void Choices(Utf8JsonWriter w, SchemaField field)
    {
        if (field.Choices.Count == 0) return;
        w.WriteStartArray("enum");
        foreach (var choice in field.Choices) w.WriteStringValue(choice.Value);
        w.WriteEndArray();
    }

    private static void Bounds(Utf8JsonWriter w, SchemaField field, string min, string max)
    {
        if (field.Min is { } least) w.WriteNumber(min, least);
        if (field.Max is { } most) w.WriteNumber(max, most);
    }
}
