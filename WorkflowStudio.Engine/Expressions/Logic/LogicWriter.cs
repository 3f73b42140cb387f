using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>Writes a value as JSON. What JSON cannot say (nothing, not-a-number, infinity) is null.</summary>
internal static class LogicWriter
{
    public static void Write(LogicValue value, Utf8JsonWriter writer)
    {
        if (value.Json.ValueKind != JsonValueKind.Undefined)
        {
            value.Json.WriteTo(writer);
            return;
        }
        switch (value.Kind)
        {
            case LogicKind.Boolean:
                writer.WriteBooleanValue(value.Number != 0);
                break;
            case LogicKind.Number when double.IsFinite(value.Number):
                writer.WriteRawValue(Coercion.ToText(value.Number));
                break;
            case LogicKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case LogicKind.List:
                writer.WriteStartArray();
                foreach (var item in value.Made!) Write(item, writer);
                writer.WriteEndArray();
                break;
            case LogicKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.Fields!)
                {
                    writer.WritePropertyName(field.Name);
                    Write(field.Value, writer);
                }
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
