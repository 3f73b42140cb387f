using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>What a body says of a workflow; null or undefined for what it does not say.</summary>
internal sealed record WorkflowBody
{
    // what the model has a place for, and what answers say themselves and no body changes
    private static readonly HashSet<string> Known =
    [
        "name", "description", "definition", "trigger_type", "trigger_config", "enabled", "id", "created_at", "updated_at", "webhook_url",
        "expressible",
    ];

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? TriggerType { get; private init; }

    public JsonElement TriggerConfig { get; private init; }

    public bool? Enabled { get; private init; }

    /// <summary>The steps as they were sent.</summary>
    public IReadOnlyList<JsonElement>? Steps { get; private init; }

    /// <summary>What the definition says beside its steps; null where there is none.</summary>
    public JsonObject? BesideSteps { get; private init; }

    /// <summary>What is kept beside the definition: an object.</summary>
    public required JsonObject Kept { get; init; }

    /// <summary>Reads a body; every problem of form at once.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isWhole">Whether it has to say all that a workflow needs.</param>
    /// <param name="problem">Why it cannot be taken.</param>
    public static WorkflowBody? Read(JsonElement body, bool isWhole, out ApiProblem? problem)
    {
        var fields = new BodyReader(body);
        var type = fields.Text("trigger_type");
        if (type is not null && !DocumentsTriggers.Types.Contains(type))
            fields.Wrong("trigger_type", "The field trigger_type has to be manual, scheduled, webhook or event.");
        DocumentsTriggers.Check(fields);
        if (fields.Has("enabled") && fields.Field("enabled").ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            fields.Wrong("enabled", "The field enabled has to be true or false.");
        var read = new WorkflowBody
        {
            Name = isWhole ? fields.NeededText("name") : fields.Text("name"),
            Description = fields.Text("description") ?? (isWhole || body.TryGetProperty("description", out _) ? "" : null),
            TriggerType = type,
            TriggerConfig = fields.Field("trigger_config"),
            Enabled = fields.Has("enabled") ? fields.Flag("enabled") : null,
            Steps = DocumentsSteps.Read(fields, isWhole),
            BesideSteps = fields.Has("definition") ? Others(fields.Field("definition"), DocumentsSteps.Known) : null,
            Kept = Others(body, Known),
        };
        problem = fields.Refusal is { } refusal ? refusal with { Message = "The workflow cannot be stored as it is." } : null;
        return problem is null ? read : null;
    }

    private static JsonObject Others(JsonElement value, IReadOnlySet<string> known) => value.ValueKind == JsonValueKind.Object
        ? [.. value.EnumerateObject().Where(p => !known.Contains(p.Name))
            .Select(p => KeyValuePair.Create(p.Name, JsonNode.Parse(p.Value.GetRawText())))]
        : [];
}
