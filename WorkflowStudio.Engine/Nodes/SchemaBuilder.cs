using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Makes the schema of a settings or output record from its properties and their <see cref="SettingAttribute"/>.</summary>
public static class SchemaBuilder
{
    private const int DeepestNesting = 8;

    /// <summary>The schema of a record. Meant to be called once per step type.</summary>
    public static NodeSchema Of<TRecord>() => Of(typeof(TRecord), 0);

    private static NodeSchema Of(Type type, int depth)
    {
        if (depth > DeepestNesting)
            throw new InvalidOperationException(
                $"Making the schema of {type.Name}: it is nested deeper than {DeepestNesting} levels, or holds itself.");
        var model = type.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(type);
        return new NodeSchema([.. Declared(type).Select(p => Field(p, model, depth))]);
    }

    private static IEnumerable<PropertyInfo> Declared(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetMethod is not null && p.GetIndexParameters().Length == 0)
        .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null && p.GetCustomAttribute<JsonExtensionDataAttribute>() is null)
        .OrderBy(p => p.MetadataToken);

    private static SchemaField Field(PropertyInfo property, object? model, int depth)
    {
        var setting = property.GetCustomAttribute<SettingAttribute>();
        var (kind, item) = KindOf(property.PropertyType);
        var detail = item ?? property.PropertyType;
        var field = new SchemaField
        {
            Name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
            Title = setting?.Title ?? Words(property.Name),
            Description = setting?.Description ?? "",
            Kind = kind,
            Required = setting?.Required == true || property.IsDefined(typeof(RequiredMemberAttribute)),
            Min = Limit(setting?.Min),
            Max = Limit(setting?.Max),
            Choices = Choices(Nullable.GetUnderlyingType(detail) ?? detail, setting?.Choices ?? []),
            Editor = setting?.Editor ?? FieldEditor.Auto,
            Unit = setting?.Unit,
            Items = item is null ? null : KindOf(item).Kind,
            Fields = KindOf(detail).Kind == FieldKind.Object ? Of(detail, depth + 1) : null,
            Secret = setting?.Secret ?? false,
            Logged = setting?.Logged ?? false,
            Names = setting?.Names,
            IsList = setting?.IsList ?? false,
            Verbatim = setting?.Verbatim ?? false,
            Advanced = setting?.Advanced ?? false,
            When = setting?.When?.Split('=', 2) is [var other, var values] ? new FieldWhen(other, values.Split('|')) : null,
        };
        var initial = setting?.Default ?? (field.Required || model is null ? null : property.GetValue(model));
        return IsMeant(initial) && Element(initial!) is var value && !SchemaCheck.Of(field, value, "", strict: true).Any()
            ? field with { Default = value }
            : field;
    }

    private static (FieldKind Kind, Type? Item) KindOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonElement) || type == typeof(object)) return (FieldKind.Any, null);
        if (type == typeof(bool)) return (FieldKind.Boolean, null);
        if (type == typeof(int) || type == typeof(long)) return (FieldKind.Integer, null);
        if (type == typeof(decimal) || type == typeof(double)) return (FieldKind.Number, null);
        if (type == typeof(DateTimeOffset)) return (FieldKind.DateTime, null);
        if (type == typeof(string) || type == typeof(Guid) || type.IsEnum) return (FieldKind.Text, null);
        if (ItemOf(type, typeof(IReadOnlyDictionary<,>)) is [var key, var value] && key == typeof(string)) return (FieldKind.Map, value);
        if (type.IsArray) return (FieldKind.List, type.GetElementType());
        if (ItemOf(type, typeof(IEnumerable<>)) is [var item]) return (FieldKind.List, item);
        return type.IsClass
            ? (FieldKind.Object, null)
            : throw new InvalidOperationException($"Making a schema: settings cannot hold {type.Name}.");
    }

    private static Type[]? ItemOf(Type type, Type open) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == open)
            ?.GetGenericArguments();

    private static FieldChoice[] Choices(Type type, string[] given)
    {
        var titled = given.Select(c => c.Split('=', 2)).ToDictionary(c => c[0], c => c.Length == 2 ? c[1] : Words(c[0]));
        return type.IsEnum
            ? [.. Enum.GetValues(type).Cast<object>().Select(v => Element(v).GetString()!)
                .Select(v => new FieldChoice(v, titled.GetValueOrDefault(v) ?? Words(v)))]
            : [.. titled.Select(c => new FieldChoice(c.Key, c.Value))];
    }

    private static decimal? Limit(double? value) => value is { } number && !double.IsNaN(number) ? (decimal)number : null;

    // an empty text or list and an undefined value say "nothing", not a default
    private static bool IsMeant(object? value) => value switch
    {
        null or "" => false,
        JsonElement element => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null),
        ICollection { Count: 0 } => false,
        _ => true,
    };

    private static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), NodeJson.Options);

    private static string Words(string name)
    {
        var words = JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
    }
}
