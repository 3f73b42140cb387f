using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Binds resolved settings to a settings record, after checking them against the schema.</summary>
public static class SettingsReader
{
    /// <summary>The record; false with the first problem when a setting is missing, of the wrong kind or outside its limits.</summary>
    public static bool TryRead<TSettings>(
        NodeSchema schema, JsonElement settings, [NotNullWhen(true)] out TSettings? read, [NotNullWhen(false)] out SettingProblem? problem)
        where TSettings : class
    {
        read = null;
        problem = SchemaCheck.Of(schema, settings, strict: false).FirstOrDefault();
        if (problem is not null) return false;
        try
        {
            read = settings.ValueKind == JsonValueKind.Object
                ? Given(schema, settings).Deserialize<TSettings>(NodeJson.Options)!
                : JsonSerializer.Deserialize<TSettings>("{}", NodeJson.Options)!;
            return true;
        }
        catch (JsonException e)
        {
            var path = e.Path is { Length: > 2 } place ? place[2..] : "";
            problem = SettingProblem.Wrong(path, $"{(path.Length == 0 ? "A setting" : path)} does not have the form that the step needs.");
            return false;
        }
    }

    // null means "not given" wherever the schema knows the field, so that the default applies
    private static JsonElement Given(NodeSchema schema, JsonElement settings)
    {
        if (!HasNull(schema, settings)) return settings;
        var given = settings.EnumerateObject()
            .Where(p => !IsNull(schema, p))
            .ToDictionary(p => p.Name, p => schema.Field(p.Name) is { Kind: FieldKind.Object, Fields: { } inner }
                && p.Value.ValueKind == JsonValueKind.Object ? Given(inner, p.Value) : p.Value);
        return JsonSerializer.SerializeToElement(given);
    }

    private static bool HasNull(NodeSchema schema, JsonElement settings) => settings.EnumerateObject().Any(p => IsNull(schema, p)
        || (p.Value.ValueKind == JsonValueKind.Object && schema.Field(p.Name) is { Kind: FieldKind.Object, Fields: { } inner }
            && HasNull(inner, p.Value)));

    private static bool IsNull(NodeSchema schema, JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Null && schema.Field(property.Name) is { Kind: not FieldKind.Any };
}
