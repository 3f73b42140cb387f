using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// The settings of a step between this dialect and the model: a wait's length, a condition's comparison, placeholders in single braces.
/// What is not known here is left as it is.
/// </summary>
internal static partial class StepConfigs
{
    // "intro", and the versions of it: "intro_v2"
    private const string Intro = "intro";

    private static readonly string[] Lengths = ["duration", "for", "delay"];
    private static readonly string[] Texts = ["text", "body", "content"];
    private static readonly string[] Units = ["seconds", "minutes", "hours", "days", "weeks"];

    // the types that write to a contact or about one: only in theirs a word in single braces is a placeholder
    private static readonly HashSet<string> Messages =
        ["send_message", "wait_for_reply", "ask_choice", "update_contact", "notify_agent", "agent", "property_match"];

    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["eq"] = "equals", ["=="] = "equals", ["="] = "equals", ["is"] = "equals", ["neq"] = "not_equals", ["ne"] = "not_equals",
        ["!="] = "not_equals", ["gt"] = "greater_than", [">"] = "greater_than", ["gte"] = "greater_or_equal", [">="] = "greater_or_equal",
        ["lt"] = "less_than", ["<"] = "less_than", ["lte"] = "less_or_equal", ["<="] = "less_or_equal", ["notEquals"] = "not_equals",
        ["notContains"] = "not_contains", ["startsWith"] = "starts_with", ["endsWith"] = "ends_with", ["greaterThan"] = "greater_than",
        ["greaterOrEqual"] = "greater_or_equal", ["lessThan"] = "less_than", ["lessOrEqual"] = "less_or_equal", ["isEmpty"] = "is_empty",
        ["isNotEmpty"] = "is_not_empty", ["isTrue"] = "is_true", ["isFalse"] = "is_false",
    };

    /// <summary>The config of a step of the model; undefined for none.</summary>
    /// <param name="type">The step's type.</param>
    /// <param name="config">Its config.</param>
    /// <param name="intro">The first message of the sequence, which a step takes by the name of a template; null for none.</param>
    public static JsonElement Read(string type, JsonElement config, string? intro)
    {
        if (config.ValueKind != JsonValueKind.Object) return default;
        if (Messages.Contains(type))
        {
            var settings = JsonNode.Parse(config.GetRawText())!.AsObject();
            switch (type)
            {
                case "send_message":
                    Message(settings, intro);
                    break;
                case "notify_agent":
                    Message(settings, null);
                    break;
                case "wait_for_reply":
                    Timeout(settings);
                    break;
                case "ask_choice":
                    Choice(settings);
                    break;
            }

            return Element(Translated(settings)!);
        }

        var fields = JsonNode.Parse(config.GetRawText())!.AsObject();
        switch (type)
        {
            case "wait":
                Length(fields);
                break;
            case "condition":
                foreach (var jump in StepJumps.OfConditions) fields.Remove(jump.Field);
                Comparison(fields);
                break;
            case "switch":
                fields.Remove(StepJumps.Default);
                Cases(fields);
                break;
        }

        return Element(fields);
    }

    private static void Message(JsonObject fields, string? intro)
    {
        if (fields.ContainsKey("message")) return;
        if (Texts.FirstOrDefault(name => fields[name]?.GetValueKind() == JsonValueKind.String) is { } name)
        {
            fields.Remove(name, out var text);
            fields["message"] = text;
        }
        else if (intro is not null && fields["template"] is JsonValue template && template.GetValueKind() == JsonValueKind.String
            && template.GetValue<string>().StartsWith(Intro, StringComparison.OrdinalIgnoreCase)) fields["message"] = intro;
    }

    private static void Choice(JsonObject fields)
    {
        Timeout(fields);
        if (!fields.ContainsKey("question") && Texts.Append("message").FirstOrDefault(fields.ContainsKey) is { } text
            && fields.Remove(text, out var question)) fields["question"] = question;
        if (!fields.ContainsKey("choices") && fields.Remove("options", out var options)) fields["choices"] = options;
        if (fields["choices"] is not JsonArray choices) return;
        // {"label":"Yes","value":"y"}: what the contact reads
        for (var i = 0; i < choices.Count; i++)
            if (choices[i] is JsonObject choice && (choice["label"] ?? choice["text"] ?? choice["title"] ?? choice["value"]) is { } shown)
                choices[i] = shown.DeepClone();
    }

    // "timeoutHours": 24 is a length of time here
    private static void Timeout(JsonObject fields)
    {
        if (fields.ContainsKey("timeout")) return;
        foreach (var unit in Units)
        {
            var field = $"timeout{char.ToUpperInvariant(unit[0])}{unit[1..]}";
            if (fields[field]?.GetValueKind() != JsonValueKind.Number) continue;
            fields.Remove(field, out var value);
            fields["timeout"] = $"{value!.ToJsonString()} {unit}";
            return;
        }
    }

    private static void Length(JsonObject fields)
    {
        if (fields.ContainsKey("for") || fields.ContainsKey("until") || fields.ContainsKey("mode")) return;
        if (Lengths.FirstOrDefault(fields.ContainsKey) is { } name)
        {
            if (fields[name]?.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number)) return;
            var length = fields[name]!;
            fields.Remove(name);
            // a number alone is of the model's unit, hours
            fields["for"] = length.ToString();
            return;
        }

        foreach (var (field, value) in fields.ToList())
        {
            var unit = Units.FirstOrDefault(u => field.EndsWith(u, StringComparison.OrdinalIgnoreCase));
            if (unit is null || value?.GetValueKind() != JsonValueKind.Number) continue;
            fields.Remove(field);
            fields["for"] = $"{value.ToJsonString()} {unit}";
            return;
        }
    }

    private static void Comparison(JsonObject fields)
    {
        if (fields["conditions"] is JsonArray conditions)
        {
            foreach (var item in conditions.OfType<JsonObject>()) One(item);
            return;
        }

        if (fields.ContainsKey("expression") || !(fields.ContainsKey("left") || fields.ContainsKey("field"))) return;
        var condition = new JsonObject();
        foreach (var name in new[] { "left", "field", "operator", "right", "value", "ignore_case" })
            if (fields.Remove(name, out var value)) condition[name] = value;
        One(condition);
        fields["conditions"] = new JsonArray(condition);
    }

    // field and value are left and right; a field that is no expression yet names a place in the data
    private static void One(JsonObject condition)
    {
        if (!condition.ContainsKey("left") && condition.Remove("field", out var field)) condition["left"] = Place(field);
        else if (condition.ContainsKey("left")) condition["left"] = Translated(condition["left"]?.DeepClone());
        if (!condition.ContainsKey("right") && condition.Remove("value", out var value)) condition["right"] = value;
        if (condition["operator"] is JsonValue asked && asked.GetValueKind() == JsonValueKind.String
            && Operators.TryGetValue(asked.GetValue<string>(), out var known)) condition["operator"] = known;
    }

    private static void Cases(JsonObject fields)
    {
        if (!fields.ContainsKey("value") && fields.Remove("field", out var field)) fields["value"] = Place(field);
        else if (fields.ContainsKey("value")) fields["value"] = Translated(fields["value"]?.DeepClone());
        if (fields["cases"] is not JsonArray cases) return;
        foreach (var item in cases.OfType<JsonObject>())
        {
            item.Remove(StepJumps.OfCase);
            if (!item.ContainsKey("equals") && item.Remove("value", out var value)) item["equals"] = value;
            if (!item.ContainsKey("name") && item["equals"] is JsonValue named) item["name"] = named.ToString();
        }
    }

    private static JsonNode? Place(JsonNode? field)
    {
        if (field?.GetValueKind() != JsonValueKind.String) return field;
        var text = field.GetValue<string>();
        var read = Placeholders(text);
        return read != text || text.Contains("{{", StringComparison.Ordinal) ? read : Path().IsMatch(text) ? $"{{{{ {text} }}}}" : text;
    }

    private static JsonNode? Translated(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToList()) o[name] = Translated(value?.DeepClone());
                return o;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++) a[i] = Translated(a[i]?.DeepClone());
                return a;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String:
                var (text, read) = (v.GetValue<string>(), Placeholders(v.GetValue<string>()));
                return read == text ? node : JsonValue.Create(read);
            default:
                return node;
        }
    }

    private static string Placeholders(string text) =>
        Placeholder().Replace(text, m => string.Create(CultureInfo.InvariantCulture, $"{{{{ {m.Groups[1].Value} }}}}"));

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());

    [GeneratedRegex(@"(?<!\{)\{[ \t]*((?:contact|property)(?:\.[A-Za-z_][A-Za-z0-9_]*)+)[ \t]*\}(?!\})")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\$?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\z")]
    private static partial Regex Path();
}
