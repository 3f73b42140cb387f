using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Shared;

/// <summary>What lists say about a run in words.</summary>
internal static class RunWords
{
    /// <summary>The causes that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Causes { get; } = [("webhook", "Webhook"), ("manual", "By hand"), ("api", "API"), ("schedule", "Schedule"), ("event", "Event"),
        ("workflow", "Workflow"), ("error", "Error of another run"), ("retry", "Retry")];

    /// <summary>The statuses that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } =
        [("running", "Running"), ("waiting", "Waiting"), ("paused", "Paused"), ("done", "Done"), ("failed", "Failed"), ("canceled", "Canceled")];

    /// <summary>What started it.</summary>
    public static string Cause(string cause) => Causes.FirstOrDefault(c => c.Value == cause).Text ?? (cause == "test" ? "Test" : cause);

    /// <summary>What it came to, or how far it is.</summary>
    public static string Outcome(RunLine run, DateTimeOffset now) => run.Status switch
    {
        RunStatus.Done => StudioFormat.Duration((run.FinishedAt ?? now) - run.StartedAt),
        RunStatus.Failed when run.StepsTotal > 0 => $"Stopped at step {Math.Clamp(run.StepsDone, 1, run.StepsTotal)} of {run.StepsTotal}",
        RunStatus.Failed => "Stopped",
        RunStatus.Paused when run.Problem is { } reason => reason,
        RunStatus.Waiting or RunStatus.Paused or RunStatus.Canceled => $"{run.StepsDone} of {StudioFormat.Count(run.StepsTotal, "step", "steps")}",
        _ => StudioFormat.Duration(now - run.StartedAt),
    };

    /// <summary>Why it is paused.</summary>
    public static string WhyPaused(RunWatch run)
    {
        if (run.State.SetAside is { } held) return $"Paused by the engine. {held.Message ?? held.Code}";
        var paused = run.Entries.Select(e => e.Event).OfType<RunEvent.RunPaused>().LastOrDefault();
        return paused is null ? "Paused." : $"Paused by {paused.By}. Nothing begins until it is resumed.";
    }

    /// <summary>What it waits for, when it is no time: "an approval"; null when nobody has said.</summary>
    public static string? WaitsFor(RunWatch run) =>
        run.Definition.Nodes.Select(n => run.Step(n.Id)).FirstOrDefault(s => s is { Status: StepStatus.Waiting, Until: null, Caption: not null })?.Caption;

    /// <summary>Why it has not begun although it could.</summary>
    public static string Turn(int underWay) => underWay switch
    {
        0 => "Waits for its turn.",
        1 => "Waits for its turn: 1 run is under way.",
        _ => $"Waits for its turn: {underWay} runs are under way.",
    };

    /// <summary>The beginning of its id, and its end: ids of the same minute begin alike.</summary>
    public static string Short(Guid run)
    {
        var id = Engine.Model.ShownId.Run(run);
        return $"{id[..12]}…{id[^4..]}";
    }

    /// <summary>Its address.</summary>
    public static string Href(Guid run) => $"/runs/{Engine.Model.ShownId.Run(run)}";
}
