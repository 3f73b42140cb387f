using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>A workflow as a template of this dialect.</summary>
internal sealed class Template(DefinedWorkflow workflow)
{
    public const string ExitConditions = "exitConditions";
    public const string QuestionConfig = "questionConfig";
    public const string CompletionConfig = "completionConfig";
    public const string IntroMessage = "introMessage";

    private static readonly string Dialect = SequencesDialect.Instance.Name;

    private readonly JsonElement beside = KeptFields.Of(workflow.Workflow, Dialect);

    /// <summary>The names of its fields.</summary>
    public static IReadOnlySet<string> Fields { get; } = new HashSet<string>
    {
        "id", "name", "description", "isPublic", "isActive", "triggerType", "triggerConfig", "slug", "steps", ExitConditions,
        QuestionConfig, CompletionConfig, IntroMessage, "voiceConfig", "version", "createdAt", "updatedAt",
    };

    public JsonElement Steps { get; } = SequenceSteps.Write(workflow.Definition);

    // what was sent, as long as it still stands for the trigger
    public string TriggerType =>
        IsStarted ? beside.GetProperty("triggerType").GetString()! : SequenceTriggers.WordOf(workflow.Definition.Trigger.Type);

    /// <summary>Undefined for none.</summary>
    public JsonElement TriggerConfig =>
        IsStarted ? At("triggerConfig") : SequenceTriggers.Config(workflow.Definition.Trigger) ?? default;

    /// <summary>What is kept beside the definition, to be changed.</summary>
    public JsonObject Beside => beside.ValueKind == JsonValueKind.Object ? JsonNode.Parse(beside.GetRawText())!.AsObject() : [];

    private bool IsStarted => At("triggerType").ValueKind == JsonValueKind.String && WorkflowJson.AreEqual(
        WorkflowDefinition.Empty with { Trigger = SequenceTriggers.Read(At("triggerType").GetString()!, At("triggerConfig")) },
        WorkflowDefinition.Empty with { Trigger = workflow.Definition.Trigger });

    /// <summary>A field that belongs to the version; undefined for none.</summary>
    public JsonElement Versioned(string field) => SequencesTranslator.Of(workflow.Definition, field);

    /// <summary>Writes its fields into an object.</summary>
    public void Write(Utf8JsonWriter w)
    {
        var facts = workflow.Workflow;
        w.WriteString("id", ShownId.Workflow(facts.Id));
        w.WriteString("name", facts.Name);
        w.WriteString("description", facts.Description.Length == 0 ? null : facts.Description);
        w.WriteBoolean("isPublic", At("isPublic").ValueKind == JsonValueKind.True);
        w.WriteBoolean("isActive", facts.Status == WorkflowStatus.Active);
        w.WriteString("triggerType", TriggerType);
        w.WriteString("slug", facts.Slug);
        Value(w, "steps", Steps);
        foreach (var field in new[] { ExitConditions, QuestionConfig, CompletionConfig, IntroMessage }) Value(w, field, Versioned(field));
        Value(w, "voiceConfig", At("voiceConfig"));
        w.WriteNumber("version", facts.Snapshot);
        w.WriteString("createdAt", SequencesJson.Time(facts.CreatedAt));
        w.WriteString("updatedAt", SequencesJson.Time(facts.UpdatedAt));
        if (TriggerConfig.ValueKind != JsonValueKind.Undefined) Value(w, "triggerConfig", TriggerConfig);
    }

    private static void Value(Utf8JsonWriter w, string name, JsonElement value)
    {
        w.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined) w.WriteNullValue();
        else value.WriteTo(w);
    }

    private JsonElement At(string field) =>
        beside.ValueKind == JsonValueKind.Object && beside.TryGetProperty(field, out var value) ? value : default;
}

/// <summary>How JSON of this dialect is written.</summary>
internal static class SequencesJson
{
    /// <summary>Text as it is, for nothing of it is embedded in HTML.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whole seconds, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
