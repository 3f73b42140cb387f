using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>
/// What a body says of a workflow; null for what it does not say. The table of the reference text names the fields, its example has other
/// names for three of them: both are taken, and answers have those of the table.
/// </summary>
internal sealed record WorkflowBody
{
    /// <summary>What answers say themselves and no body changes.</summary>
    private static string? Bounded(BodyReader fields, string field, int most, string? text)
    {
        if (text is not null && ShownText.Length(text.Trim()) is var length && length > most)
            fields.Wrong(field, $"The {field} has {length} characters, at most {most} are possible.");
        return text;
    }

    private static readonly HashSet<string> Own = ["id", "next_run_at", "created_at", "updated_at", "expressible"];

    // what the model has a place for
    private static readonly HashSet<string> Known =
        ["name", "description", "trigger_type", "cron_expression", "schedule", "timezone", "status", "steps", "visibility",
            "shared_user_ids", "shared_role_ids"];

    public string? Name { get; private init; }

    /// <summary>Empty where none is wanted.</summary>
    public string? Description { get; private init; }

    public string? TriggerType { get; private init; }

    public string? Cron { get; private init; }

    public string? TimeZone { get; private init; }

    public WorkflowStatus? Status { get; private init; }

    public IReadOnlyList<StepBody>? Steps { get; private init; }

    /// <summary>Who is to see it, and with whom it is shared.</summary>
    public required SharingWish Sharing { get; init; }

    /// <summary>What is kept beside the definition: an object.</summary>
    public required JsonObject Kept { get; init; }

    /// <summary>The longest name, in characters: of the reference text.</summary>
    public const int MaxName = 120;

    /// <summary>The longest description, in characters: of the reference text.</summary>
    public const int MaxDescription = 500;

    /// <summary>Reads a body; every problem of form at once.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isWhole">Whether it has to say all that a workflow needs.</param>
    /// <param name="problem">Why it cannot be taken.</param>
    public static WorkflowBody? Read(JsonElement body, bool isWhole, out ApiProblem? problem)
    {
        var fields = new BodyReader(body);
        var read = new WorkflowBody
        {
            Name = Bounded(fields, "name", MaxName, isWhole ? fields.NeededText("name") : fields.Text("name")),
            Description = Bounded(fields, "description", MaxDescription, fields.Text("description"))
                ?? (isWhole || body.TryGetProperty("description", out _) ? "" : null),
            TriggerType = Word(fields, "trigger_type", "schedule", "manual"),
            Cron = Text(fields, Either(fields, fields, "cron_expression", "schedule", ""), "cron_expression"),
            TimeZone = fields.Text("timezone") switch { "" => "UTC", var zone => zone },
            Status = Word(fields, "status", "active", "paused") switch
            { "active" => WorkflowStatus.Active, "paused" => WorkflowStatus.Paused, _ => null },
            Steps = StepsOf(fields, isWhole),
            Sharing = new SharingWish(
                Word(fields, "visibility", "private", "tenant", "shared") switch
                {
                    "private" => WorkflowVisibility.Private,
                    "tenant" => WorkflowVisibility.Tenant,
                    "shared" => WorkflowVisibility.Shared,
                    _ => null,
                },
                Ids(fields, "shared_user_ids"), Ids(fields, "shared_role_ids")),
            Kept = [.. body.EnumerateObject().Where(p => !Known.Contains(p.Name) && !Own.Contains(p.Name))
                .Select(p => KeyValuePair.Create(p.Name, JsonNode.Parse(p.Value.GetRawText())))],
        };
        if (isWhole && read is { Cron: null, TriggerType: null or "schedule" } && fields.Problems.All(p => p.Path != "cron_expression"))
            fields.Missing("cron_expression");
        problem = fields.Refusal is { } refusal ? refusal with { Message = "The workflow cannot be stored as it is." } : null;
        return problem is null ? read : null;
    }

    private static List<Guid>? Ids(BodyReader fields, string name)
    {
        if (!fields.Has(name)) return null;
        var ids = new List<Guid>();
        if (fields.Field(name) is not { ValueKind: JsonValueKind.Array } list) fields.Wrong(name, $"The field {name} has to be a list.");
        else
            foreach (var (i, item) in list.EnumerateArray().Index())
                if (item.ValueKind == JsonValueKind.String && Guid.TryParse(item.GetString(), out var id)) ids.Add(id);
                else fields.Wrong($"{name}[{i}]", "This is not the id of a user or role. Ids are UUIDs.");
        return ids;
    }

    private static List<StepBody>? StepsOf(BodyReader fields, bool isWhole)
    {
        if (!fields.Has("steps"))
        {
            if (isWhole) fields.Missing("steps");
            return null;
        }

        var steps = new List<StepBody>();
        if (fields.Field("steps") is not { ValueKind: JsonValueKind.Array } list)
            fields.Wrong("steps", "The field steps has to be a list of steps.");
        else if (list.GetArrayLength() == 0)
            fields.Wrong("steps", "A workflow needs at least one step.");
        else
            foreach (var (i, item) in list.EnumerateArray().Index())
                if (Step(fields, item, $"steps[{i}]") is { } step) steps.Add(step);
        CheckDelivery(fields, steps);
        return steps;
    }

    private static StepBody? Step(BodyReader fields, JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            fields.Wrong(path, "A step has to be an object with step_type and step_config.");
            return null;
        }

        var own = new BodyReader(item);
        var type = Either(fields, own, "step_type", "type", path + ".");
        var config = Either(fields, own, "step_config", "config", path + ".");
        if (type.ValueKind == JsonValueKind.Undefined) fields.Missing(path + ".step_type");
        if (config.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
            fields.Wrong(path + ".step_config", "The settings of a step have to be an object.");
        if (Text(fields, type, path + ".step_type") is not { } name) return null;
        var rest = item.EnumerateObject().Where(p => p.Name is not ("step_type" or "type" or "step_config" or "config"));
        return StepBody.Of(name, config.ValueKind == JsonValueKind.Object ? config : JsonElement.Parse("{}"), rest);
    }

    // a summary reads and says nothing to anybody
    private static void CheckDelivery(BodyReader fields, List<StepBody> steps)
    {
        if (steps.Exists(s => ServicesSteps.Delivers(s.Type))) return;
        foreach (var (i, step) in steps.Index().Where(s => ServicesSteps.NeedsDelivery(s.Item.Type)))
            fields.Wrong($"steps[{i}]", $"The step {step.Type} only reads. Add a step that delivers what it finds: send_email or "
                + "create_notification.");
    }

    // a field by either of its names; given by both, they have to say the same
    private static JsonElement Either(BodyReader fields, BodyReader of, string name, string other, string path)
    {
        var (one, two) = (of.Field(name), of.Field(other));
        if (one.ValueKind == JsonValueKind.Undefined) return two;
        if (two.ValueKind != JsonValueKind.Undefined && !JsonElement.DeepEquals(one, two))
            fields.Wrong(path + name, $"{name} and {other} are two names of one field, and differ here. Send one of them.");
        return one;
    }

    private static string? Text(BodyReader fields, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        if (value.ValueKind != JsonValueKind.Undefined) fields.Wrong(path, $"The field {path} has to be text.");
        return null;
    }

    private static string? Word(BodyReader fields, string field, params string[] words)
    {
        if (fields.Text(field) is not { } word) return null;
        if (words.Contains(word)) return word;
        fields.Wrong(field, $"The field {field} has to be {string.Join(", ", words[..^1])} or {words[^1]}.");
        return null;
    }
}

/// <summary>A step of a body.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Config">Its settings, an object.</param>
/// <param name="Sent">It as a whole, by the names of the table.</param>
internal sealed record StepBody(string Type, JsonElement Config, JsonElement Sent)
{
    public static StepBody Of(string type, JsonElement config, IEnumerable<JsonProperty> rest)
    {
        var sent = ServicesJson.Bytes(w =>
        {
            w.WriteStartObject();
            w.WriteString("step_type", type);
            w.WritePropertyName("step_config");
            config.WriteTo(w);
            foreach (var property in rest) property.WriteTo(w);
            w.WriteEndObject();
        });
        return new StepBody(type, config, JsonElement.Parse(sent));
    }
}
