using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Operations.Schedules;

namespace WorkflowStudio.Components.Schedules;

/// <summary>How schedules and their occurrences are shown.</summary>
internal static class ScheduleLook
{
    /// <summary>Why nothing comes.</summary>
    public static StatusLook NoNext(ScheduleFacts schedule) => schedule switch
    {
        { WorkflowOn: false } => new("skipped", "pause_circle", "Workflow is off"),
        { Enabled: false } => new("skipped", "pause_circle", "Off"),
        _ => new("skipped", "block", "Over"),
    };

    /// <summary>What became of an occurrence.</summary>
    public static StatusLook Of(OccurrenceOutcome outcome) => outcome switch
    {
        OccurrenceOutcome.Fired => new("done", "check_circle", "Started", Filled: true),
        OccurrenceOutcome.FiredLate => new("waiting", "schedule", "Started late"),
        OccurrenceOutcome.Skipped => new("skipped", "do_not_disturb_on", "Skipped"),
        OccurrenceOutcome.Refused => new("skipped", "filter_alt", "Refused by its rule"),
        _ => new("failed", "error", "Could not start", Filled: true),
    };

    /// <summary>What becomes of missed times.</summary>
    public static string Words(Misfire misfire) => misfire switch
    {
        Misfire.Skip => "Skip what was missed",
        Misfire.All => "A run for each, at most 100",
        _ => "One run for all that was missed",
    };
}
