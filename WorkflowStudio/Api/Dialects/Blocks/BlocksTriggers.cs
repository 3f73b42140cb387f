using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>
/// The triggers of this dialect. One is started by hand, one by an AI client, one by schedule, one by its address; all others are started
/// by the event of their name, which <c>POST /api/v1/events</c> sends.
/// </summary>
internal static class BlocksTriggers
{
    public const string Webhook = "webhook";
    public const string Manual = "manual-trigger";
    public const string Ai = "ai-trigger";
    public const string Cron = "cron-trigger";
    public const string Form = "form-trigger";

    /// <summary>The event of a form that somebody sent.</summary>
    public const string FormEvent = "form.submitted";

    private const string ConfigurationField = "trigger_configuration";

    private static readonly string[] CronKeys = ["cron", "cron_expression", "expression", "schedule"];

    /// <summary>The triggers that a workflow can be made with, in the order of the reference text.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        Manual, Ai, Cron, Form, Webhook, "contact-created", "phone-call-started", "phone-call-finished", "ticket-created",
        "ticket-reassigned", "ticket-resolved", "ticket-handoff", "pre-ticket-handoff", "ticket-tag-added", "ticket-inactive",
        "sequence-completed", "csat-score-submit", "prohibited-topic-detected", "sla-first-reply-breached", "sla-next-reply-breached",
        "sla-resolution-breached", "voice-call-transferred", "pre-voice-call-transfer", "pre-phone-call-finished", "manual-ticket-trigger",
    ];

    /// <summary>The trigger of a type, or null when there is none of the name.</summary>
    public static WorkflowTrigger? Of(string type) => type switch
    {
        Manual => new WorkflowTrigger { Type = "manual" },
        Ai => new WorkflowTrigger { Type = "manual", Event = Ai }, // by hand, too; the name tells AI clients that it is meant for them
        Cron => new WorkflowTrigger { Type = "schedule" },
        Webhook => new WorkflowTrigger { Type = "webhook" },
        Form => new WorkflowTrigger { Type = "event", Event = FormEvent },
        _ => Types.Contains(type) ? new WorkflowTrigger { Type = "event", Event = type } : null,
    };

    /// <summary>What starts a workflow in the words of this dialect; of an event that the reference text does not name, its name.</summary>
    public static string TypeOf(WorkflowTrigger trigger) => trigger switch
    {
        { Type: "manual", Event: Ai } => Ai,
        { Type: "manual" } => Manual,
        { Type: "schedule" } => Cron,
        { Type: "webhook" } => Webhook,
        { Type: "event", Event: FormEvent } => Form,
        { Type: "event", Event: { } name } => name,
        _ => trigger.Type,
    };

    /// <summary>The definition with this trigger; what is set of the one before stays only where it is the same.</summary>
    public static WorkflowDefinition WithType(WorkflowDefinition definition, string type) => TypeOf(definition.Trigger) == type
        ? definition
        : definition with
        {
            Trigger = Of(type)! with { Config = definition.Trigger.Config, Constraints = definition.Trigger.Constraints },
        };

    /// <summary>The definition with this configuration of its trigger. What is no object of settings comes back as it was sent.</summary>
    public static WorkflowDefinition WithConfiguration(WorkflowDefinition definition, JsonElement configuration)
    {
        var sent = configuration.ToNode();
        var config = Settings(definition.Trigger, sent);
        var changed = definition with
        {
            Trigger = definition.Trigger with { Config = config is null ? default : config.ToElement() },
        };
        var notes = BlockKept.Notes(Written(changed), new JsonObject { [ConfigurationField] = sent });
        return BlocksExtension.Set(changed, ConfigurationField, notes[ConfigurationField]);
    }

    /// <summary>The definition with these constraints; null is none.</summary>
    public static WorkflowDefinition WithConstraints(WorkflowDefinition definition, JsonElement constraints) => definition with
    {
        Trigger = definition.Trigger with
        {
            Constraints = constraints.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? default : constraints.Clone(),
        },
    };

    /// <summary>The configuration as it is answered; null when there is none.</summary>
    public static JsonNode? Configuration(WorkflowDefinition definition)
    {
        var written = Written(definition);
        var note = BlocksExtension.Get(definition, ConfigurationField);
        if (note.ValueKind == JsonValueKind.Object)
            BlockKept.Restore(new JsonObject { [ConfigurationField] = note.ToNode() }, written);
        written.Remove(ConfigurationField, out var value);
        return value;
    }

    private static JsonObject Written(WorkflowDefinition definition) => new() { [ConfigurationField] = definition.Trigger.Config.ToNode() };

    // a schedule is called by several names; the model has one
    private static JsonObject? Settings(WorkflowTrigger trigger, JsonNode? sent)
    {
        if (trigger.Type == "schedule" && sent is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            return new JsonObject { ["cron"] = text.DeepClone() };
        if (sent is not JsonObject) return null;
        var config = (JsonObject)sent.DeepClone();
        if (trigger.Type == "schedule" && !config.ContainsKey(CronKeys[0])
            && CronKeys.FirstOrDefault(config.ContainsKey) is { } key && config.Remove(key, out var cron))
            config.Insert(0, CronKeys[0], cron);
        return config;
    }
}
