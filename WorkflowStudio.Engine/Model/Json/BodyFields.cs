using System.Globalization;
using System.Xml;

namespace WorkflowStudio.Engine.Model.Json;

/// <summary>A field of the canonical body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of value, in words.</param>
/// <param name="Rules">Whether it must be there, its limits and what holds without it.</param>
/// <param name="Meaning">What it says.</param>
public sealed record BodyField(string Name, string Kind, string Rules, string Meaning);

/// <summary>The fields of the canonical body: the reader knows these and no others, and docs/workflow-body.md lists them.</summary>
public static class BodyFields
{
    private const string Duration = "duration";

    /// <summary>The fields of <c>trigger</c>.</summary>
    public static IReadOnlyList<BodyField> Trigger { get; } =
    [
        new("type", "text", "required", "How runs start: one of the [types below](#triggers)."),
        new("event", "text", $"to {EventName.MaxLength} characters; required for `event`", "The name of the event that starts a run."),
        new("config", "object", "as the type says", "The settings of the type."),
        new("constraints", "rule", "without one everything starts a run",
            "A rule of [JSON Logic](json-logic.md) over what arrives, which it sees as `data`."),
    ];

    /// <summary>The fields of an item of <c>nodes</c>.</summary>
    public static IReadOnlyList<BodyField> Node { get; } =
    [
        new("id", "text",
            $"required; 1 to {WorkflowLimits.IdLength} letters, digits, `_` and `-`; each once; not `{WorkflowDefinition.TriggerId}`",
            "What links and expressions (`$node.ID`) call the step."),
        new("type", "text", "required", "One of [the step types](nodes.md)."),
        new("name", "text", $"to {WorkflowLimits.NameLength} characters", "What people call the step; without one the title of its type."),
        new("config", "object", "as the type says",
            "The settings of the step, each listed in [nodes.md](nodes.md). Texts may hold [expressions](expressions.md)."),
        new("on_error", "text", "`fail` (preset), `continue` or `error_port`",
            "What the step's failure means for the run: see [failures](#failures)."),
        new("retry", "object", "without it one try", "How often the step is tried again: see [below](#retry)."),
        new("timeout", Duration, $"`PT1S` to {Days(TimeSpan.FromHours(WorkflowLimits.StepTimeoutHours))}; without one 2 minutes",
            "The longest time of one try. Waiting does not count."),
        new("disabled", "true or false", "preset `false`", "A step that is switched off is passed through, without an output."),
    ];

    /// <summary>The fields of a node's <c>retry</c>.</summary>
    public static IReadOnlyList<BodyField> Retry { get; } =
    [
        new("attempts", "whole number", $"required; 1 to {WorkflowLimits.Attempts}", "All tries together."),
        new("delay", Duration,
            $"to {Days(TimeSpan.FromDays(WorkflowLimits.RetryDelayDays))}; preset `{XmlConvert.ToString(RetryPolicy.UsualDelay)}`",
            "The time before the second try."),
        new("exponential", "true or false", "preset `false`", "The time doubles from try to try, up to a day."),
        new("jitter", "true or false", "preset `false`",
            "The time is drawn between half and the whole, so that many runs do not come back at once."),
        new("codes", "list of text", $"at most {WorkflowLimits.RetryCodes}, each to {WorkflowLimits.RetryCodeLength} characters",
            "The failures that are tried again; without it those that the step itself calls worth it."),
    ];

    /// <summary>The fields of an item of <c>link_connections</c>.</summary>
    public static IReadOnlyList<BodyField> Link { get; } =
    [
        new("from", "text", "required", $"The id of a node, or `{WorkflowDefinition.TriggerId}`."),
        new("from_port", "text", "without one the first port", "The exit of `from`: see [ports](#ports)."),
        new("to", "text", "required", "The id of another node."),
        new("max_rounds", "whole number", $"1 to {Number(WorkflowLimits.Rounds)}", "Bounds steps that go round: see [rounds](#rounds)."),
    ];

    /// <summary>The fields of <c>settings</c>.</summary>
    public static IReadOnlyList<BodyField> Settings { get; } =
    [
        new("timezone", "text", "without one the workspace's",
            "The IANA zone in which dates are read and written, such as `America/Chicago`."),
        new("timeout", Duration, $"`PT1S` to {Days(TimeSpan.FromDays(WorkflowLimits.RunTimeoutDays))}; without one none",
            "The longest time of a run; then it fails as `run_timeout`."),
        new("concurrency", "object", "without it any number", "How many runs may be under way at once: see [below](#concurrency)."),
        new("exit_conditions", "object", "without it never", "When a run ends early, and well: see [below](#exit-conditions)."),
        new("error_workflow", "text", "without one none",
            "The workflow that is started when a run fails, by its short name or its id (`wf_…`); not this one itself."),
        new("variables", "object", "", "Values that expressions know as `$vars`."),
    ];

    /// <summary>The fields of <c>settings.concurrency</c>.</summary>
    public static IReadOnlyList<BodyField> Concurrency { get; } =
    [
        new("max", "whole number", $"required; 1 to {Number(WorkflowLimits.Concurrency)}", "How many runs."),
        new("beyond", "text", "`queue` (preset), `skip` or `replace`",
            "What a start beyond them does: it waits for its turn, is recorded as canceled, or ends the oldest run."),
    ];

    /// <summary>The fields of <c>settings.exit_conditions</c>.</summary>
    public static IReadOnlyList<BodyField> Exit { get; } =
    [
        new("max_messages", "whole number", $"1 to {WorkflowLimits.ExitMessages}", "The run ends after so many messages to clients."),
        new("timeout_days", "whole number", $"1 to {WorkflowLimits.ExitDays}", "The run ends after so many days."),
    ];

    /// <summary>The names of fields.</summary>
    internal static string[] Names(IReadOnlyList<BodyField> fields) => [.. fields.Select(f => f.Name)];

    private static string Days(TimeSpan time) => $"`{XmlConvert.ToString(time)}`";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
