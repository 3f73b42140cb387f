using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// Compares settings with their schema. Strict: as stored, where a text that holds an expression may stand for any kind. Not strict: as
/// resolved, where a number may stand for text and a text for the number or the yes or no that it spells. Null counts as not given;
/// unknown names are allowed, because what a client sent in its own fields must come back (docs/decisions.md, "Round trip").
/// </summary>
internal static class SchemaCheck
{
    /// <summary>The problems of a settings object; undefined and null count as an empty one.</summary>
    public static IEnumerable<SettingProblem> Of(NodeSchema schema, JsonElement settings, bool strict, string path = "")
    {
        if (settings.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            yield return SettingProblem.Wrong(path, $"The settings must be an object, but {Shown(settings)} was found.");
            yield break;
        }
        foreach (var field in schema.Fields)
        {
            var place = JsonPlace.Property(path, field.Name);
            var value = settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(field.Name, out var given) ? given : default;
            if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                if (field.Required && (strict || field.Kind != FieldKind.Any || value.ValueKind == JsonValueKind.Undefined))
                    yield return SettingProblem.Missing(place, $"{field.Title} is missing. Fill it in: the step cannot run without it.");
                continue;
            }
            foreach (var problem in Of(field, value, place, strict)) yield return problem;
        }
        if (!strict || settings.ValueKind != JsonValueKind.Object) yield break;
        foreach (var problem in Misspelt(schema, settings, path)) yield return problem;
    }

    /// <summary>The problems of one value that is given.</summary>
    public static IEnumerable<SettingProblem> Of(SchemaField field, JsonElement value, string path, bool strict)
    {
        if (strict && value.ValueKind == JsonValueKind.String && Template.Contains(value.GetString()!)) return [];
        if (strict && field.Kind is not (FieldKind.Text or FieldKind.Any) && value.ValueKind == JsonValueKind.String
            && value.GetString()!.Length == 0)
            return [SettingProblem.Wrong(path, $"{field.Title} is empty. Fill it in, or take it out.")];
        return field.Kind switch
        {
            FieldKind.List when value.ValueKind == JsonValueKind.Array => Sized(field, value.GetArrayLength(), "entry", "entries", path)
                .Concat(value.EnumerateArray().SelectMany((item, i) => Of(Item(field), item, JsonPlace.Item(path, i), strict))),
            FieldKind.Map when value.ValueKind == JsonValueKind.Object => Sized(field, value.GetPropertyCount(), "entry", "entries", path)
                .Concat(value.EnumerateObject().SelectMany(p => Of(Item(field), p.Value, JsonPlace.Property(path, p.Name), strict))),
            FieldKind.Object when value.ValueKind == JsonValueKind.Object => Of(field.Fields ?? NodeSchema.None, value, strict, path),
            FieldKind.Any => [],
            _ => Scalar(field, value, path, strict),
        };
    }

    private static IEnumerable<SettingProblem> Scalar(SchemaField field, JsonElement value, string path, bool strict) => field.Kind switch
    {
        FieldKind.Text when value.ValueKind == JsonValueKind.String
            || (!strict && value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) =>
            Text(field, value, path),
        FieldKind.Integer when Number(value, strict) is { } number && decimal.IsInteger(number) => Between(field, number, path),
        FieldKind.Number when Number(value, strict) is { } number => Between(field, number, path),
        FieldKind.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False
            || (!strict && value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out _)) => [],
        FieldKind.DateTime when value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _) => [],
        _ => [SettingProblem.Wrong(path, $"{field.Title} must be {Words(field.Kind)}, but {Shown(value)} was found.")],
    };

    private static IEnumerable<SettingProblem> Text(SchemaField field, JsonElement value, string path)
    {
        var text = value.ToString();
        if (field.Choices.Count > 0 && field.Choices.All(c => c.Value != text))
        {
            var values = field.Choices.Select(c => c.Value);
            return [SettingProblem.Wrong(path, $"{field.Title} must be one of {string.Join(", ", values)}, but {Shown(value)} was "
                + $"found.{NearestName.Hint(text, values)}")];
        }
        return Sized(field, text.Length, "character", "characters", path);
    }

    private static IEnumerable<SettingProblem> Sized(SchemaField field, int size, string one, string many, string path)
    {
        if (size < field.Min)
            yield return SettingProblem.Wrong(
                path, $"{field.Title} must have at least {Plain(field.Min.Value)} {(field.Min == 1 ? one : many)}, but has {size}.");
        if (size > field.Max)
            yield return SettingProblem.Wrong(
                path, $"{field.Title} must have at most {Plain(field.Max.Value)} {(field.Max == 1 ? one : many)}, but has {size}.");
    }

    private static IEnumerable<SettingProblem> Between(SchemaField field, decimal number, string path)
    {
        var unit = field.Unit is null ? "" : " " + field.Unit;
        if (number < field.Min)
            yield return SettingProblem.Wrong(
                path, $"{field.Title} must be at least {Plain(field.Min.Value)}{unit}, but {Plain(number)} was found.");
        if (number > field.Max)
            yield return SettingProblem.Wrong(
                path, $"{field.Title} must be at most {Plain(field.Max.Value)}{unit}, but {Plain(number)} was found.");
    }

    // a name that is nearly one of ours is probably a mistake; any other belongs to the dialect
    private static IEnumerable<SettingProblem> Misspelt(NodeSchema schema, JsonElement settings, string path)
    {
        const int Compared = 50;
        var absent = schema.Fields.Select(f => f.Name).Where(n => !settings.TryGetProperty(n, out _)).ToArray();
        return settings.EnumerateObject().Where(p => schema.Field(p.Name) is null).Take(Compared)
            .Select(p => (p.Name, Meant: NearestName.Of(p.Name, absent)))
            .Where(p => p.Meant is not null)
            .Select(p => new SettingProblem(WorkflowProblemCodes.UnknownSetting, JsonPlace.Property(path, p.Name),
                $"The step has no setting {p.Name}. Did you mean {p.Meant}?", ProblemSeverity.Warning));
    }

    // limits of a list or map count its entries, choices belong to the entries
    private static SchemaField Item(SchemaField field) =>
        field with { Kind = field.Items ?? FieldKind.Any, Items = null, Min = null, Max = null };

    private static decimal? Number(JsonElement value, bool strict) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
        JsonValueKind.String when !strict && NumberText.TryRead(value.GetString(), out var number) => number,
        _ => null,
    };

    private static string Words(FieldKind kind) => kind switch
    {
        FieldKind.Text => "text",
        FieldKind.Integer => "a whole number",
        FieldKind.Number => "a number",
        FieldKind.Boolean => "true or false",
        FieldKind.DateTime => "a date and time such as 2026-06-10T15:24:00Z",
        FieldKind.List => "a list",
        _ => "an object",
    };

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{Short(value.GetString()!)}\"",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => ShownText.Cut(text, 40);

    private static string Plain(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
