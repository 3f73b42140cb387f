using System.Text.Json;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>
/// Reads what was typed into the field of a setting. Nothing is dropped: what does not fit its kind is kept as text, which the check of the
/// settings refuses by name; what could be mistaken for a fitting text, JSON with a mistake, cannot be read at all.
/// </summary>
internal static class SettingText
{
    /// <summary>The value, undefined for an empty field; false with the reason when there is none.</summary>
    public static bool TryRead(SchemaField field, string text, out JsonElement value, out string? why)
    {
        (value, why) = (default, null);
        if (text.Length == 0) return true;
        if (field.Kind == FieldKind.Any && JsonTemplate.IsMeant(text))
            return JsonReading.TryRead(JsonTemplate.Quoted(text), out value, out why);
        value = Template.Contains(text) ? JsonEdit.Text(text) : field.Kind switch
        {
            FieldKind.Text or FieldKind.DateTime => JsonEdit.Text(text),
            FieldKind.Any => JsonEdit.Any(text),
            _ => NumberText.TryRead(text, out var number) ? JsonEdit.Number(number) : JsonEdit.Text(text),
        };
        return true;
    }

    /// <summary>The value as text for its field.</summary>
    public static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => JsonEdit.Pretty(value),
        _ => value.GetRawText(),
    };

    /// <summary>Whether two values are the same, also when neither is given.</summary>
    public static bool Same(JsonElement a, JsonElement b) =>
        a.ValueKind == JsonValueKind.Undefined || b.ValueKind == JsonValueKind.Undefined
            ? a.ValueKind == b.ValueKind
            : JsonElement.DeepEquals(a, b);

    /// <summary>The value at a place such as <c>lines[0].price</c>; undefined when there is none.</summary>
    public static JsonElement At(JsonElement value, string place) => All(value, "").FirstOrDefault(v => v.Place == place).Value;

    private static IEnumerable<(string Place, JsonElement Value)> All(JsonElement value, string place)
    {
        yield return (place, value);
        var inside = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(p => All(p.Value, Engine.Model.JsonPlace.Property(place, p.Name))),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => All(item, Engine.Model.JsonPlace.Item(place, i))),
            _ => [],
        };
        foreach (var found in inside) yield return found;
    }
}
