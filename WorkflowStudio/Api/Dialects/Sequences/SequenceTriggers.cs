using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// <c>triggerType</c> and <c>triggerConfig</c>, and the triggers of the model that they stand for: <c>deep_link</c> is a webhook, whose
/// address is the link; <c>automatic</c> an event; <c>scheduled</c> a schedule.
/// </summary>
internal static class SequenceTriggers
{
    private const string Manual = "manual";
    private const string DeepLink = "deep_link";
    private const string Automatic = "automatic";
    private const string Scheduled = "scheduled";
    private const string Origins = "cors_allowed_origins";

    // one that names no event is started by the event of this name: any client can send it
    private const string UsualEvent = Automatic;

    private static readonly string[] EventNames = ["event", "eventType", "eventName"];
    private static readonly string[] CronNames = ["cron", "cronExpression", "cron_expression", "expression"];
    private static readonly string[] ZoneNames = ["timezone", "timeZone", "tz"];
    private static readonly string[] OfSchedules = ["misfire", "jitter_seconds", "starts_at", "ends_at", "payload"];

    /// <summary>Every <c>triggerType</c>.</summary>
    public static IReadOnlyList<string> Words { get; } = [Manual, DeepLink, Automatic, Scheduled];

    /// <summary>The same for a message.</summary>
    public const string InWords = "manual, deep_link, automatic or scheduled";

    /// <summary>The type of the model's trigger.</summary>
    public static string TypeOf(string word) => word switch
    {
        DeepLink => "webhook",
        Automatic => "event",
        Scheduled => "schedule",
        _ => "manual",
    };

    /// <summary>The word for a trigger of the model.</summary>
    public static string WordOf(string type) => type switch
    {
        "webhook" => DeepLink,
        "event" => Automatic,
        "schedule" => Scheduled,
        _ => Manual,
    };

    /// <summary>The trigger that a word and its config stand for.</summary>
    public static WorkflowTrigger Read(string word, JsonElement config)
    {
        var trigger = new WorkflowTrigger { Type = TypeOf(word) };
        return word switch
        {
            DeepLink when One(config, Origins, "allowedOrigins") is { } origins =>
                trigger with { Config = Config(new JsonObject { [Origins] = JsonNode.Parse(origins.GetRawText()) }) },
            Automatic => trigger with
            { Event = Text(config, EventNames) ?? UsualEvent, Constraints = One(config, "constraints") ?? default },
            // no time is told yet: it waits to be started by hand
            Scheduled when One(config, CronNames) is null => new WorkflowTrigger { Type = Manual },
            Scheduled => trigger with { Config = Config(Schedule(config)), Constraints = One(config, "constraints") ?? default },
            _ => trigger,
        };
    }

    /// <summary>The config that tells of a trigger which this dialect did not make; null for none.</summary>
    public static JsonElement? Config(WorkflowTrigger trigger)
    {
        var config = trigger.Config.ValueKind == JsonValueKind.Object ? JsonNode.Parse(trigger.Config.GetRawText())!.AsObject() : [];
        if (trigger.Event is { } name) config["event"] = name;
        if (trigger.Constraints.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            config["constraints"] = JsonNode.Parse(trigger.Constraints.GetRawText());
        return config.Count == 0 ? null : Config(config);
    }

    /// <summary>Where a problem of the trigger is in this dialect's fields.</summary>
    public static string PathOf(string path) => path switch
    {
        "trigger.event" => "triggerConfig.event",
        _ when path.StartsWith("trigger.config", StringComparison.Ordinal) => "triggerConfig" + path["trigger.config".Length..],
        _ when path.StartsWith("trigger.constraints", StringComparison.Ordinal) => "triggerConfig" + path["trigger".Length..],
        _ => "triggerConfig",
    };

    private static JsonObject Schedule(JsonElement config)
    {
        var schedule = new JsonObject();
        if (Text(config, CronNames) is { } cron) schedule["cron"] = cron;
        if (Text(config, ZoneNames) is { } zone) schedule["timezone"] = zone;
        foreach (var name in OfSchedules)
            if (One(config, name) is { } value) schedule[name] = JsonNode.Parse(value.GetRawText());
        return schedule;
    }

    private static string? Text(JsonElement config, string[] names) =>
        One(config, names) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? One(JsonElement config, params string[] names)
    {
        if (config.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in names)
            if (config.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        return null;
    }

    private static JsonElement Config(JsonObject config) => JsonElement.Parse(config.ToJsonString());
}
