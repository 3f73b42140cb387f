using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Triggers;

/// <summary>A way in which runs start. A trigger does no work, so it is data.</summary>
/// <param name="Type">The name on the wire.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">What it does, one sentence.</param>
/// <param name="Icon">The name of a Material Symbol.</param>
/// <param name="Settings">The schema of the trigger's <c>config</c>.</param>
public sealed record TriggerType(string Type, string Title, string Description, string Icon, NodeSchema Settings)
{
    /// <summary>What is wrong with settings that fit the schema.</summary>
    internal Func<JsonElement, IEnumerable<SettingProblem>> Check { get; init; } = _ => [];

    /// <summary>Whether the trigger's <c>event</c> says which one starts it.</summary>
    public bool NamesEvent { get; private init; }

    /// <summary>
    /// Whether <c>constraints</c> decide about what arrives: data, an event, an occurrence of the clock. A start by hand is not asked.
    /// </summary>
    public bool HasConstraints { get; private init; }

    /// <summary>Somebody starts the run, on a page or through the API.</summary>
    public static TriggerType Manual { get; } = new(
        "manual", "Start by hand", "Runs when somebody starts it, here or through the API.", "play_arrow", NodeSchema.None);

    /// <summary>A request to the workflow's own address starts the run.</summary>
    public static TriggerType Webhook { get; } = new("webhook", "Webhook",
        "Runs when data is posted to its address, for example by a contact form.", "webhook", WebhookSettings.Schema)
    { Check = WebhookSettings.Check, HasConstraints = true };

    /// <summary>The clock starts the run (docs/schedules.md).</summary>
    public static TriggerType Schedule { get; } = new(
        "schedule", "Schedule", "Runs at set times, for example every weekday at 09:30.", "schedule", ScheduleSettings.Schema)
    { Check = ScheduleSettings.Check, HasConstraints = true };

    /// <summary>An event of the practice, or one that another system sends, starts the run.</summary>
    public static TriggerType Event { get; } = new(
        "event", "Event", "Runs when something happens: a contact is added, an invoice is paid, or another system sends an event.",
        "notifications_active", NodeSchema.None)
    { NamesEvent = true, HasConstraints = true };

    /// <summary>All trigger types, sorted by name.</summary>
    public static IReadOnlyList<TriggerType> All { get; } = [Event, Manual, Schedule, Webhook];
}
