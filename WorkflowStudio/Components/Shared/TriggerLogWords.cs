using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Events;

namespace WorkflowStudio.Components.Shared;

/// <summary>What pages say about the lines of a trigger log.</summary>
internal static class TriggerLogWords
{
    private const int LongestValue = 200;

    /// <summary>The outcomes that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Outcomes { get; } = [("started", "Started"), ("refused", "Refused")];

    /// <summary>The outcome of that name in the address; null for none.</summary>
    public static TriggerOutcome? Outcome(string? key) =>
        key switch { "started" => TriggerOutcome.Started, "refused" => TriggerOutcome.Refused, _ => null };

    /// <summary>How an outcome is shown.</summary>
    public static StatusLook Look(TriggerOutcome outcome) => outcome == TriggerOutcome.Started
        ? new("done", "check_circle", "Started", Filled: true)
        : new("skipped", "do_not_disturb_on", "Refused");

    /// <summary>Why nothing was started; null when something was.</summary>
    public static string? Why(TriggerLogLine line) => line.Reason switch
    {
        null => null,
        "constraints" => "The constraints did not hold",
        "own_run" => "It follows from a run of this workflow itself",
        "too_deep" => "Runs and events have started each other too often",
        "too_wide" => "So many workflows listen that the runs which started each other became too many",
        "too_many_runs" => "Too many runs that one run led to are open",
        "not_signed" => "Posts were not signed, or not with the secret, or too long ago. At most a line a minute, with how many came",
        "webhook_secret" => "The secret to check signatures with is not there, or does not fit how posts are signed: all are refused. Set "
            + "it under Connections",
        var other => other,
    };

    /// <summary>
    /// The values that the constraints saw, by path. What was cut off in the middle of a value is shown as it is, without a path.
    /// </summary>
    public static IReadOnlyList<(string Path, string Value)> Seen(string detail)
    {
        try
        {
            var seen = JsonElement.Parse(detail);
            return seen.ValueKind == JsonValueKind.Object
                ? [.. seen.EnumerateObject().Select(one => (one.Name, Cut(one.Value.GetRawText())))]
                : [("", Cut(detail))];
        }
        catch (JsonException)
        {
            return [("", Cut(detail))];
        }
    }

    /// <summary>When the log of a workflow with such a trigger will fill.</summary>
    public static string Promise(string triggerType) => triggerType switch
    {
        "event" => "When an event arrives, a line here says whether it started a run or which values the constraints refused. Lines "
            + "are kept for seven days.",
        "webhook" => "What a post started stands under Runs. A post that the constraints of the start refuse is told here, with the values "
            + "that they saw, and so are posts that were not signed, for seven days.",
        "schedule" => "Of a schedule, the times that its rule refuses are logged here. All others, missed ones too, stand on "
            + "its page under Schedules.",
        _ => "Only webhooks and events are logged here, and this workflow starts by neither.",
    };

    private static string Cut(string text) => ShownText.Cut(text, LongestValue);
}
