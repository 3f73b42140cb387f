using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Takes secrets out of JSON.</summary>
public static class SecretJson
{
    private static readonly JsonElement Mask = JsonSerializer.SerializeToElement(SecretMask.Shown);

    /// <summary>Settings for people: what a secret field holds is masked, whatever it is.</summary>
    public static JsonElement Settings(NodeSchema schema, JsonElement settings)
    {
        if (!schema.HoldsSecrets || settings.ValueKind != JsonValueKind.Object) return settings;
        var shown = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in settings.EnumerateObject())
        {
            shown[property.Name] = schema.Field(property.Name) switch
            {
                { Secret: true } => Hidden(property.Value),
                { Fields: { } inner } when property.Value.ValueKind == JsonValueKind.Array =>
                    JsonSerializer.SerializeToElement(property.Value.EnumerateArray().Select(item => Settings(inner, item))),
                { Fields: { } inner } => Settings(inner, property.Value),
                _ => property.Value,
            };
        }

        return JsonSerializer.SerializeToElement(shown);
    }

    /// <summary>The value without the secrets of a mask.</summary>
    internal static JsonElement Rewrite(JsonElement json, SecretMask mask)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                var text = json.GetString()!;
                var masked = mask.Of(text);
                return ReferenceEquals(text, masked) ? json : JsonSerializer.SerializeToElement(masked);
            case JsonValueKind.Number:
                return mask.Of(json.GetRawText()).Contains(SecretMask.Shown, StringComparison.Ordinal) ? Mask : json;
            case JsonValueKind.Array:
                return JsonSerializer.SerializeToElement(json.EnumerateArray().Select(item => Rewrite(item, mask)));
            case JsonValueKind.Object:
                var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var property in json.EnumerateObject()) fields[mask.Of(property.Name)] = Rewrite(property.Value, mask);
                return JsonSerializer.SerializeToElement(fields);
            default:
                return json;
        }
    }

    // the names in a map say what is there, the values are what is secret
    private static JsonElement Hidden(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => value,
        JsonValueKind.Object => JsonSerializer.SerializeToElement(value.EnumerateObject().ToDictionary(p => p.Name, p => Hidden(p.Value))),
        _ => Mask,
    };
}
