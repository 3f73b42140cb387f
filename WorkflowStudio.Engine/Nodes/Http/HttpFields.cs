using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>The fields of a form or of a query, written as <c>url_query</c> writes them.</summary>
internal static class HttpFields
{
    /// <summary>The text; false with what is wrong, for people.</summary>
    public static bool TryWrite(IEnumerable<KeyValuePair<string, JsonElement>> fields, out string text, out string problem)
    {
        var fits = QueryText.TryWrite(
            fields.Select(f => KeyValuePair.Create(f.Key, Value.Of(f.Value))), out text, out var field, out var unfit);
        problem = fits ? "" : Unfit(field, unfit);
        return fits;
    }

    /// <summary>An error for each field that stands in the settings and cannot be written.</summary>
    public static IEnumerable<SettingProblem> Problems(JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object) return [];
        var isForm = config.TryGetProperty("body_format", out var form) && form.ValueKind == JsonValueKind.String
            && form.ValueEquals("form");
        return Of(config, "query").Concat(isForm ? Of(config, "body") : []);
    }

    private static IEnumerable<SettingProblem> Of(JsonElement config, string setting)
    {
        if (!config.TryGetProperty(setting, out var fields) || fields.ValueKind != JsonValueKind.Object) yield break;
        foreach (var field in fields.EnumerateObject())
            if (!QueryText.TryWrite([KeyValuePair.Create(field.Name, Value.Of(field.Value))], out _, out _, out var unfit))
                yield return SettingProblem.Wrong(JsonPlace.Property(setting, field.Name), Unfit(field.Name, unfit));
    }

    private static string Unfit(string field, Value unfit) =>
        $"The field {field} can hold texts and numbers, or a list of them, but {ValueText.Shown(unfit)} was found. Take one of its values, "
        + "or send it as JSON text: to_json(…).";
}
