using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Shared;

/// <summary>What lists say about a run in words.</summary>
internal static class RunWords
{
    /// <summary>The causes that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Causes { get; } = [("webhook", "Webhook"), ("manual", "By hand"), ("api", "API"), ("schedule", "Schedule"), ("event", "Event")];

    /// <summary>The statuses that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } =
        [("running", "Running"), ("waiting", "Waiting"), ("paused", "Paused"), ("done", "Done"), ("failed", "Failed"), ("canceled", "Canceled")];

    /// <summary>What started it.</summary>
    public static string Cause(string cause) => Causes.FirstOrDefault(c => c.Value == cause).Text ?? cause;

    /// <summary>What it came to, or how far it is.</summary>
    public static string Outcome(RunLine run, DateTimeOffset now) => run.Status switch
    {
        RunStatus.Done => StudioFormat.Duration((run.FinishedAt ?? now) - run.StartedAt),
        RunStatus.Failed when run.StepsTotal > 0 => $"Stopped at step {Math.Min(run.StepsDone + 1, run.StepsTotal)} of {run.StepsTotal}",
        RunStatus.Failed => "Stopped",
        RunStatus.Paused when run.Problem is { } reason => reason,
        RunStatus.Waiting or RunStatus.Paused or RunStatus.Canceled => $"{run.StepsDone} of {StudioFormat.Count(run.StepsTotal, "step", "steps")}",
        _ => StudioFormat.Duration(now - run.StartedAt),
    };

    /// <summary>Its address.</summary>
    public static string Href(Guid run) => $"/runs/{Engine.Model.ShownId.Run(run)}";
}
