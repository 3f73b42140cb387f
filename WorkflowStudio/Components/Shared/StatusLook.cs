using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Components.Shared;

/// <summary>How a status is shown: always an icon and words.</summary>
/// <param name="Tone">The colour family of the tokens: done, running, waiting, failed or skipped.</param>
/// <param name="Icon">The Material Symbol.</param>
/// <param name="Words">What people read.</param>
/// <param name="Filled">Whether the symbol is filled.</param>
/// <param name="Turning">Whether the symbol turns.</param>
public sealed record StatusLook(string Tone, string Icon, string Words, bool Filled = false, bool Turning = false)
{
    /// <summary>The look of a run that waits for its turn.</summary>
    public static StatusLook InQueue { get; } = new("waiting", "hourglass_top", "In the queue");

    /// <summary>The look of a run that waits for an approval: of who looks, when they may decide it.</summary>
    public static StatusLook Asks(bool mayDecide) => new("waiting", "schedule", mayDecide ? "Waits for you" : "Waits for an approval");

    /// <summary>The look of a run; what waits or is paused says until when, or for what where that is known.</summary>
    public static StatusLook Of(RunStatus status, DateTimeOffset? until, StudioFormat format, string? waitsFor = null) => status switch
    {
        RunStatus.Queued => new("running", "progress_activity", "Starting", Turning: true),
        RunStatus.Running => new("running", "progress_activity", "Running", Turning: true),
        RunStatus.Waiting => new("waiting", "schedule",
            until is { } time ? $"Waits until {format.Until(time)}" : waitsFor is null ? "Waiting" : $"Waits for {waitsFor}"),
        RunStatus.Paused =>
            new("waiting", "pause_circle", until is { } time ? $"Paused until {format.Until(time)}" : "Paused", Filled: true),
        RunStatus.Done => new("done", "check_circle", "Done", Filled: true),
        RunStatus.Failed => new("failed", "error", "Failed", Filled: true),
        _ => new("skipped", "block", "Canceled"),
    };

    /// <summary>The look of a run where there is no room for until when it waits.</summary>
    public static StatusLook Brief(RunStatus status, StudioFormat format) =>
        status == RunStatus.Waiting ? new("waiting", "schedule", "Waiting") : Of(status, null, format);

    /// <summary>The look of a step.</summary>
    public static StatusLook Of(StepStatus status) => status switch
    {
        StepStatus.Running => new("running", "progress_activity", "Running", Turning: true),
        StepStatus.Looping => new("running", "progress_activity", "Going through items", Turning: true),
        StepStatus.Waiting => new("waiting", "schedule", "Waiting"),
        StepStatus.Retrying => new("waiting", "refresh", "Trying again"),
        StepStatus.Done => new("done", "check_circle", "Done", Filled: true),
        StepStatus.Failed => new("failed", "error", "Failed", Filled: true),
        StepStatus.Skipped => new("skipped", "do_not_disturb_on", "Skipped"),
        StepStatus.Canceled => new("skipped", "block", "Canceled"),
        _ => new("skipped", "radio_button_unchecked", "Not started"),
    };
}
