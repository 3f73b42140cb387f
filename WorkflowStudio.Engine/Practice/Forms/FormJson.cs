using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>The fields of a form as they are stored, and words for their types as they stand in JSON.</summary>
public static class FormJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // nothing of it stands in HTML
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The types by their names in JSON.</summary>
    public static IReadOnlyList<(string Name, FormFieldType Type)> Types { get; } =
        [.. Enum.GetValues<FormFieldType>().Select(t => (NameOf(t), t))];

    /// <summary>The name of a type in JSON: <c>longText</c>.</summary>
    public static string NameOf(FormFieldType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    /// <summary>The name of a status in JSON: <c>open</c>.</summary>
    public static string NameOf(FormStatus status) => status == FormStatus.Open ? "open" : "closed";

    internal static string Of(IReadOnlyList<FormField> fields) => JsonSerializer.Serialize(fields, Options);

    internal static IReadOnlyList<FormField> Fields(string stored) => JsonSerializer.Deserialize<List<FormField>>(stored, Options)!;
}
