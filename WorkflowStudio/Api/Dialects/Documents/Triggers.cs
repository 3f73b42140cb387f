using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// Between <c>trigger_type</c> with <c>trigger_config</c> and the model's trigger. A workflow that is <c>scheduled</c> and names no
/// expression is started by hand until it gets its schedule at <c>/{id}/schedule</c>.
/// </summary>
internal static class DocumentsTriggers
{
    public const string Scheduled = "scheduled";

    private const string Schedule = "schedule";
    private const string Manual = "manual";
    private const string Event = "event";
    private const string Webhook = "webhook";

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>The words for the types.</summary>
    public static IReadOnlyList<string> Types { get; } = [Manual, Scheduled, Webhook, Event];

    /// <summary>The word for the type of a trigger.</summary>
    public static string Word(string type) => type == Schedule ? Scheduled : type;

    /// <summary>The word for what started a run.</summary>
    public static string Cause(string cause) => cause == "api" ? Manual : Word(cause);

    /// <summary>Checks the form of a <c>trigger_config</c>.</summary>
    public static void Check(BodyReader fields)
    {
        if (fields.Object("trigger_config") is not { ValueKind: JsonValueKind.Object } config) return;
        var own = new BodyReader(config);
        foreach (var (name, other) in new[] { ("event", "eventType"), ("filters", "eventFilters") })
        {
            if (own.Has(name) && own.Has(other) && !JsonElement.DeepEquals(own.Field(name), own.Field(other)))
                fields.Wrong(
                    $"trigger_config.{name}", $"{name} and {other} are two names of one field, and differ here. Send one of them.");
        }

        Kind(own.Has("event") ? "event" : "eventType", JsonValueKind.String, "text");
        Kind(own.Has("filters") ? "filters" : "eventFilters", JsonValueKind.Object, "an object");
        Kind("cron_expression", JsonValueKind.String, "text");
        Kind("timezone", JsonValueKind.String, "text");
        Kind("constraints", JsonValueKind.Object, "an object");

        void Kind(string name, JsonValueKind kind, string words)
        {
            if (own.Has(name) && own.Field(name).ValueKind != kind)
                fields.Wrong($"trigger_config.{name}", $"The field trigger_config.{name} has to be {words}.");
        }
    }

    /// <summary>The trigger that is meant.</summary>
    /// <param name="type">A word for a type.</param>
    /// <param name="config">Its settings, checked; an object or undefined.</param>
    /// <param name="present">The trigger as it is: a schedule keeps what only the studio knows of it.</param>
    public static WorkflowTrigger Read(string type, JsonElement config, WorkflowTrigger present)
    {
        var own = new BodyReader(config.ValueKind == JsonValueKind.Object ? config : Nothing);
        return type switch
        {
            Event => new WorkflowTrigger
            {
                Type = Event,
                Event = own.Text("event") ?? own.Text("eventType"),
                Constraints = Both(
                    DocumentsFilters.Rule(own.Has("filters") ? own.Field("filters") : own.Field("eventFilters")), own.Field("constraints")),
            },
            Scheduled when own.Text("cron_expression") is { } cron =>
                Clock(present.Type == Schedule ? present : new WorkflowTrigger { Type = Schedule }, cron, own.Text("timezone")),
            Scheduled => new WorkflowTrigger { Type = Manual },
            Webhook => new WorkflowTrigger
            {
                Type = Webhook,
                Config = own.Has("cors_allowed_origins")
                    ? JsonElement.Parse(new JsonObject
                    { ["cors_allowed_origins"] = JsonNode.Parse(own.Field("cors_allowed_origins").GetRawText()) }.ToJsonString())
                    : default,
                Constraints = own.Field("constraints"),
            },
            _ => new WorkflowTrigger { Type = type },
        };
    }

    /// <summary>A trigger's settings in this dialect's words.</summary>
    public static JsonObject Write(WorkflowTrigger trigger)
    {
        var config = new JsonObject();
        if (trigger is { Type: Event, Event: { } name }) config["event"] = name;
        if (trigger.Config.ValueKind == JsonValueKind.Object)
        {
            foreach (var setting in trigger.Config.EnumerateObject())
                config[setting is { Name: "cron" } && trigger.Type == Schedule ? "cron_expression" : setting.Name] =
                    JsonNode.Parse(setting.Value.GetRawText());
        }

        if (trigger.Constraints.ValueKind == JsonValueKind.Object) config["constraints"] = JsonNode.Parse(trigger.Constraints.GetRawText());
        return config;
    }

    /// <summary>A schedule with another expression or zone; null leaves as it is.</summary>
    public static WorkflowTrigger Clock(WorkflowTrigger schedule, string? cron, string? zone)
    {
        var config = schedule.Config.ValueKind == JsonValueKind.Object
            ? JsonNode.Parse(schedule.Config.GetRawText())!.AsObject() : [];
        if (cron is not null) config["cron"] = cron;
        if (zone is not null) config["timezone"] = zone;
        return schedule with { Config = JsonElement.Parse(config.ToJsonString()) };
    }

    private static JsonElement Both(JsonElement one, JsonElement other)
    {
        if (other.ValueKind == JsonValueKind.Undefined) return one;
        if (one.ValueKind == JsonValueKind.Undefined) return other;
        return JsonElement.Parse(new JsonObject
        { ["and"] = new JsonArray(JsonNode.Parse(one.GetRawText()), JsonNode.Parse(other.GetRawText())) }.ToJsonString());
    }
}
