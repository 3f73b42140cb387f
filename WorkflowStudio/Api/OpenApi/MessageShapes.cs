using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>
/// The shapes of the messages that a dialect writes, made of its records as its serializer writes them. Records in records get names of
/// their own.
/// </summary>
/// <param name="serializer">The serializer of the dialect.</param>
/// <param name="words">
/// What fields are called by: a shape for <c>Record.field</c>, or for <c>field</c> wherever it stands. What it says is added to what the
/// record says.
/// </param>
internal sealed class MessageShapes(JsonSerializerContext serializer, IReadOnlyDictionary<string, JsonObject> words)
{
    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true };

    private readonly SortedDictionary<string, JsonObject> named = new(StringComparer.Ordinal);

    /// <summary>The shapes of all records that were asked for, and of those in them.</summary>
    public IReadOnlyDictionary<string, JsonObject> Named => named;

    /// <summary>Adds a record.</summary>
    public MessageShapes Add<T>()
    {
        Add(typeof(T));
        return this;
    }

    /// <summary>The name of a record.</summary>
    public static string NameOf(Type record) =>
        record.Name.EndsWith("Message", StringComparison.Ordinal) ? record.Name[..^"Message".Length] : record.Name;

    private void Add(Type record)
    {
        var name = NameOf(record);
        if (named.ContainsKey(name)) return;
        named[name] = [];
        var info = serializer.GetTypeInfo(record) ?? throw new InvalidOperationException($"{record} is not written by the dialect.");
        var properties = new JsonObject();
        var needed = new JsonArray();
        foreach (var property in info.Properties)
        {
            var isLeftOut = property.IsGetNullable && IsLeftOut(property);
            properties[property.Name] = WithWords(name, property.Name, Of(property, property.IsGetNullable && !isLeftOut));
            if (!isLeftOut) needed.Add(property.Name);
        }

        named[name] = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (needed.Count > 0) named[name]["required"] = needed;
    }

    private bool IsLeftOut(JsonPropertyInfo property)
    {
        var own = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true).OfType<JsonIgnoreAttribute>()
            .FirstOrDefault();
        return (own?.Condition ?? serializer.Options.DefaultIgnoreCondition) == JsonIgnoreCondition.WhenWritingNull;
    }

    private JsonObject Of(JsonPropertyInfo property, bool orNull)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var shape = Of(type);
        return orNull ? shape.OrNull() : shape;
    }

    private JsonObject Of(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Shape.List(Of(type.GetGenericArguments()[0]));
        if (IsRecord(type))
        {
            Add(type);
            return Shape.Ref(NameOf(type));
        }

        var exported = serializer.Options.GetJsonSchemaAsNode(type, Exporting);
        return exported as JsonObject ?? []; // true: anything
    }

    private static bool IsRecord(Type type) => type.Assembly == typeof(MessageShapes).Assembly;

    private JsonObject WithWords(string record, string field, JsonObject shape)
    {
        if (!words.TryGetValue($"{record}.{field}", out var said) && !words.TryGetValue(field, out said)) return shape;
        foreach (var (key, value) in said)
        {
            if (key is "type" || (key is "const" or "enum" && shape.ContainsKey("$ref"))) continue;
            shape[key] = value?.DeepClone();
        }

        if (shape["type"] is JsonArray) (shape["enum"] as JsonArray)?.Add(null);
        return shape;
    }
}
