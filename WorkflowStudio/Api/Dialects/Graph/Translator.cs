using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>
/// Between the wire and the model. The model's own JSON has the field names of this dialect, so trigger, nodes and links are read by it;
/// name, description and status stand beside the definition, and any other field is kept verbatim and given back.
/// </summary>
internal static class GraphTranslator
{
    private static readonly HashSet<string> Known = ["name", "description", "status", "trigger", "nodes", "link_connections", "settings"];

    // what answers say themselves is not taken from extensions
    private static readonly HashSet<string> Own = ["id", "slug", "version", "isActive", "triggerType", "createdAt", "updatedAt",
        "created_at", "webhook_target_url", KeptFields.Member];

    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the body of POST /workflows; every problem of form at once.</summary>
    public static bool TryRead(JsonElement body, out NewWorkflow workflow, out IReadOnlyList<WorkflowProblem> problems)
    {
        var wrong = new List<WorkflowProblem>();
        var name = Text(body, "name", wrong) ?? "";
        var description = Text(body, "description", wrong) ?? "";
        var status = Status(body, wrong);
        foreach (var field in new[] { "name", "trigger", "nodes", "link_connections" }.Where(f => !body.TryGetProperty(f, out _)))
            wrong.Add(WorkflowProblem.Error("missing_field", field, null, $"The field {field} is missing."));
        var read = WorkflowJson.TryRead(WithoutExtensions(body), out WorkflowDefinition definition, out var formal);
        if (!read) wrong.AddRange(formal.Where(p => wrong.TrueForAll(w => w.Path != p.Path)));
        if (read && definition.Nodes.Count == 0 && body.TryGetProperty("nodes", out _))
            wrong.Add(WorkflowProblem.Error("no_steps", "nodes", null, "A workflow needs at least one node."));
        problems = wrong;
        workflow = new NewWorkflow(
            name, description, status, definition with { Extensions = Extensions(body) }, EditorState.None, GraphDialect.Instance.Name);
        return wrong.Count == 0;
    }

    /// <summary>
    /// Writes an item of GET /workflows: the sequences fields that every workflow has, then this dialect's (docs/decisions.md, "Dialects").
    /// </summary>
    public static void Write(Utf8JsonWriter w, DefinedWorkflow item, string baseUrl)
    {
        var workflow = item.Workflow;
        w.WriteStartObject();
        w.WriteString("id", ShownId.Workflow(workflow.Id));
        w.WriteString("name", workflow.Name);
        w.WriteString("description", workflow.Description);
        w.WriteString("slug", workflow.Slug);
        w.WriteBoolean("isActive", workflow.Status == WorkflowStatus.Active);
        w.WriteString("triggerType", workflow.TriggerType);
        w.WriteNumber("version", workflow.Version);
        w.WriteString("createdAt", Time(workflow.CreatedAt));
        w.WriteString("updatedAt", Time(workflow.UpdatedAt));
        WriteOwn(w, item, baseUrl);
        w.WriteEndObject();
    }

    /// <summary>Writes the fields that this dialect alone has.</summary>
    /// <param name="w">The object.</param>
    /// <param name="item">The workflow.</param>
    /// <param name="baseUrl">The address under which we were reached.</param>
    /// <param name="taken">Names that the object has already: fields kept verbatim do not come twice.</param>
    public static void WriteOwn(Utf8JsonWriter w, DefinedWorkflow item, string baseUrl, IReadOnlySet<string>? taken = null)
    {
        w.WriteString("status", Word(item.Workflow.Status));
        if (WebhookUrl(baseUrl, item) is { } address) w.WriteString("webhook_target_url", address);
        WriteDefinition(w, item.Definition, taken);
    }

    /// <summary>The body that would make the workflow as it is, but for the fields that a change gives.</summary>
    public static JsonElement Merged(DefinedWorkflow present, JsonElement change)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer)) Write(w, present, "");
        var fields = JsonElement.Parse(buffer.WrittenSpan).EnumerateObject().Where(p => !Own.Contains(p.Name))
            .ToDictionary(p => p.Name, p => p.Value);
        foreach (var given in change.EnumerateObject()) fields[given.Name] = given.Value;
        return JsonSerializer.SerializeToElement(fields, Plainly);
    }

    /// <summary>Whole seconds, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Where the outside world posts; null where the workflow starts otherwise, and nothing would take a post.</summary>
    public static string? WebhookUrl(string baseUrl, DefinedWorkflow item) =>
        item.Definition.Trigger.Type == "webhook" ? $"{baseUrl}/api/v1/webhooks/{ShownId.Workflow(item.Workflow.Id)}" : null;

    /// <summary>The status of this word, or null.</summary>
    public static WorkflowStatus? StatusOf(string? word) => word switch
    {
        "active" => WorkflowStatus.Active,
        "paused" => WorkflowStatus.Paused,
        "draft" => WorkflowStatus.Draft,
        _ => null,
    };

    private static string Word(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Active => "active",
        WorkflowStatus.Paused => "paused",
        _ => "draft",
    };

    private static WorkflowStatus Status(JsonElement body, List<WorkflowProblem> wrong)
    {
        if (Text(body, "status", wrong) is not { } word) return WorkflowStatus.Active;
        if (StatusOf(word) is { } status) return status;
        wrong.Add(WorkflowProblem.Error("wrong_field", "status", null, "The status has to be active, paused or draft."));
        return WorkflowStatus.Active;
    }

    private static string? Text(JsonElement body, string field, List<WorkflowProblem> wrong)
    {
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        wrong.Add(WorkflowProblem.Error("wrong_field", field, null, $"The field {field} has to be text."));
        return null;
    }

    private static JsonElement WithoutExtensions(JsonElement body) =>
        Object(body, p => p.Name is "trigger" or "nodes" or "link_connections" or "settings");

    private static JsonElement Extensions(JsonElement body) =>
        body.EnumerateObject().Any(p => IsExtension(p.Name)) ? Object(body, p => IsExtension(p.Name)) : default;

    private static bool IsExtension(string field) => !Known.Contains(field) && field != KeptFields.Member;

    private static JsonElement Object(JsonElement body, Func<JsonProperty, bool> which)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var property in body.EnumerateObject().Where(which)) property.WriteTo(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    // the model's own JSON, with the extensions back at the top
    private static void WriteDefinition(Utf8JsonWriter w, WorkflowDefinition definition, IReadOnlySet<string>? taken)
    {
        var json = JsonElement.Parse(WorkflowJson.Write(definition));
        foreach (var property in json.EnumerateObject().Where(p => p.Name != "extensions")) property.WriteTo(w);
        foreach (var list in new[] { "nodes", "link_connections" }.Where(l => !json.TryGetProperty(l, out _)))
        {
            w.WriteStartArray(list);
            w.WriteEndArray();
        }

        if (definition.Extensions.ValueKind != JsonValueKind.Object) return;
        foreach (var property in definition.Extensions.EnumerateObject().Where(p =>
            !Own.Contains(p.Name) && !Known.Contains(p.Name) && taken?.Contains(p.Name) != true)) property.WriteTo(w);
    }
}
