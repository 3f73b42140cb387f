using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Shared;

/// <summary>What lists say about a run in words.</summary>
internal static class RunWords
{
    /// <summary>The causes that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Causes { get; } = [("webhook", "Webhook"), ("manual", "By hand"),
        ("api", "API"), ("schedule", "Schedule"), ("event", "Event"),
        ("workflow", "Workflow"), ("error", "Error of another run"), ("retry", "Retry")];

    /// <summary>The statuses that can be filtered for, with their words.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } =
        [("running", "Running"), ("waiting", "Waiting"), ("paused", "Paused"), ("done", "Done"), ("failed", "Failed"),
            ("canceled", "Canceled")];

    /// <summary>What started it.</summary>
    public static string Cause(string cause) => Causes.FirstOrDefault(c => c.Value == cause).Text ?? (cause == "test" ? "Test" : cause);

    /// <summary>What it came to, or how far it is.</summary>
    public static string Outcome(RunLine run, DateTimeOffset now) => run.Status switch
    {
        RunStatus.Done => StudioFormat.Duration((run.FinishedAt ?? now) - run.StartedAt),
        RunStatus.Failed when run.StepsTotal > 0 => $"Stopped at step {Math.Clamp(run.StepsDone, 1, run.StepsTotal)} of {run.StepsTotal}",
        RunStatus.Failed => "Stopped",
        RunStatus.Paused when run.Problem is { } reason => reason,
        RunStatus.Waiting or RunStatus.Paused or RunStatus.Canceled =>
            $"{run.StepsDone} of {StudioFormat.Count(run.StepsTotal, "step", "steps")}",
        _ => StudioFormat.Duration(now - run.StartedAt),
    };

    /// <summary>The chip of a run in a list.</summary>
    /// <param name="run">The run.</param>
    /// <param name="mayDecide">Whether who looks may decide approvals.</param>
    /// <param name="format">How times are written.</param>
    /// <param name="brief">Whether there is no room for more than a word.</param>
    public static StatusLook Look(RunLine run, bool mayDecide, StudioFormat format, bool brief = false)
    {
        if (run.IsHeld) return StatusLook.InQueue;
        if (run.AsksApproval) return StatusLook.Asks(mayDecide);
        return brief ? StatusLook.Brief(run.Status, format) : StatusLook.Of(run.Status, run.Until, format);
    }

    /// <summary>The chip of a run that is watched.</summary>
    public static StatusLook Look(RunWatch run, bool mayDecide, StudioFormat format)
    {
        if (run.IsHeld) return StatusLook.InQueue;
        if (run.State.Status == RunStatus.Waiting && AsksApproval(run)) return StatusLook.Asks(mayDecide);
        return StatusLook.Of(
            run.State.Status, run.State.Status == RunStatus.Paused ? run.State.SetAside?.Until : run.State.NextWake, format, WaitsFor(run));
    }

    /// <summary>Why it is paused, and when it goes on by itself.</summary>
    public static string WhyPaused(RunWatch run, StudioFormat format)
    {
        if (run.State.SetAside is { } held)
            return "Paused by the engine. "
                + $"{held.Message ?? held.Code}{(held.Until is { } until ? $" The next try is at {format.DateTime(until)}." : null)}";
        var paused = run.Entries.Select(e => e.Event).OfType<RunEvent.RunPaused>().LastOrDefault();
        return paused is null ? "Paused." : $"Paused by {paused.By}. Nothing begins until it is resumed.";
    }

    /// <summary>Whether it waits for somebody to approve or reject something.</summary>
    public static bool AsksApproval(RunWatch run) => run.Definition.Nodes.Any(n => AsksApproval(run, n.Id));

    /// <summary>Whether this step waits for somebody to approve or reject something.</summary>
    public static bool AsksApproval(RunWatch run, string stepId) =>
        run.Step(stepId).Status == StepStatus.Waiting && run.TypeOf(stepId).Type == "approval";

    /// <summary>What is lost when a step, or with null every step that waits for a time, is woken now; null when nothing is.</summary>
    public static string? LostByWaking(RunWatch run, string? stepId)
    {
        var lost = run.Definition.Nodes.Where(n => (stepId is null || n.Id == stepId)
            && run.Step(n.Id) is { Status: StepStatus.Waiting, Until: not null, Signal: not null });
        var told = lost.Select(n => AsksApproval(run, n.Id)
            ? $"“{Runs.StepNames.Of(run, n.Id)}” waits for an approval. Woken now, its question is closed as if nobody had decided in "
                + "time, and cannot be approved any more."
            : $"“{Runs.StepNames.Of(run, n.Id)}” waits for {run.Step(n.Id).Caption ?? "an event"}. Woken now, it goes on as if "
                + "that had not come in time.").ToList();
        return told.Count == 0 ? null : string.Join(" ", told);
    }

    /// <summary>What it waits for, when it is no time: "an approval"; null when nobody has said.</summary>
    public static string? WaitsFor(RunWatch run) =>
        run.Definition.Nodes.Select(n => run.Step(n.Id))
            .FirstOrDefault(s => s is { Status: StepStatus.Waiting, Until: null, Caption: not null })?.Caption;

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
}
