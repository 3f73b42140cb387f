using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// How settings, outputs and waiting states of steps become JSON and back: snake_case, enums by name, nothing else special.
/// </summary>
public static class NodeJson
{
    /// <summary>
    /// The options. Values that an expression delivers are read kindly: a number where text is wanted, and text that is a number or
    /// true/false where one of those is wanted.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ApplyDefaults } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
                new KindText(),
                new KindBoolean(),
            },
        };
        foreach (var number in KindNumber.All) options.Converters.Add(number);
        options.MakeReadOnly();
        return options;
    }

    // a default that stands in the attribute is set before reading, like an initial value
    private static void ApplyDefaults(JsonTypeInfo type)
    {
        var defaults = type.Properties
            .Select(p => (p.Set, Value: p.AttributeProvider is PropertyInfo property ? DefaultOf(property) : null))
            .Where(d => d is { Set: not null, Value: not null })
            .ToArray();
        if (defaults.Length == 0 || type.CreateObject is not { } create) return;
        type.CreateObject = () =>
        {
            var made = create();
            foreach (var (set, value) in defaults) set!(made, value);
            return made;
        };
    }

    private static object? DefaultOf(PropertyInfo property) =>
        property.GetCustomAttribute<SettingAttribute>()?.Default is { } value
            ? JsonSerializer.SerializeToElement(value, value.GetType(), Plain).Deserialize(property.PropertyType, Plain)
            : null;

    private static readonly JsonSerializerOptions Plain = new()
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private sealed class KindText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                JsonTokenType.Number => JsonElement.ParseValue(ref reader).GetRawText(),
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);
    }

    private sealed class KindBoolean : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when bool.TryParse(reader.GetString(), out var value) => value,
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
