using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Logic;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>Which events the time, or a request of the inbox, makes of a run. Pure.</summary>
internal static class RunWakes
{
    /// <summary>The steps whose time has come. Nothing while the run is paused.</summary>
    public static IEnumerable<RunEvent> Due(RunPlan plan, RunState state, DateTimeOffset now)
    {
        if (state.Status == RunStatus.Paused) yield break;
        foreach (var (place, known) in RunSteps.Of(plan, state))
        {
            if (known.Until > now || known.Until is null) continue;
            if (known.Status == StepStatus.Waiting) yield return Woken(place, known, null);
            else if (known.Status == StepStatus.Retrying) yield return NextTry(place, known);
        }
    }

    /// <summary>What somebody, or a signal, wants of the run. Nothing when it does not fit the state any more.</summary>
    public static IEnumerable<RunEvent> Asked(RunPlan plan, RunState state, RunRequest request)
    {
        var by = request.By ?? "somebody";
        switch (request.Kind)
        {
            case RunRequestKind.Cancel:
                return [new RunEvent.RunCanceled(by)];
            case RunRequestKind.Pause when state.Status != RunStatus.Paused:
                return [new RunEvent.RunPaused(by, null, null)];
            case RunRequestKind.Resume when state.Status == RunStatus.Paused:
                return [new RunEvent.RunResumed(by)];
            case RunRequestKind.WakeNow or RunRequestKind.Signal:
                return [.. RunSteps.Of(plan, state).Where(s => IsMeant(request, s.Place)).Select(s => Wake(s.Place, s.State, request))
                    .OfType<RunEvent>()];
            default:
                return [];
        }
    }

    /// <summary>
    /// Whether a signal that was sent to this run alone has to wait in the inbox: nobody listens to it yet, but a step that may is being
    /// called.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="state">The state.</param>
    /// <param name="request">The signal, or another request.</param>
    /// <param name="isCalling">Whether calls are under way; a run that is paused makes no others.</param>
    public static bool ComesEarly(RunPlan plan, RunState state, RunRequest request, bool isCalling)
    {
        if (request.Kind != RunRequestKind.Signal || request.SignalId > 0 || state.IsFinal
            || (state.Status == RunStatus.Paused && !isCalling)) return false;
        var comes = false;
        foreach (var (place, known) in RunSteps.Of(plan, state))
        {
            if (!IsMeant(request, place)) continue;
            if (Wake(place, known, request) is not null) return false;
            comes |= place.Step.Type.Waits && known.Status == StepStatus.Running;
        }

        return comes;
    }

    private static bool IsMeant(RunRequest request, StepPlace place) =>
        (request.NodeId is null || request.NodeId == place.Id) && (request.Iteration is null || request.Iteration == place.Iteration);

    private static RunEvent? Wake(StepPlace place, StepState known, RunRequest request) => (known.Status, request.Kind) switch
    {
        (StepStatus.Retrying, RunRequestKind.WakeNow) => NextTry(place, known),
        (StepStatus.Waiting, RunRequestKind.WakeNow) when known.Until is not null => Woken(place, known, request.By),
        (StepStatus.Waiting, RunRequestKind.Signal) when known.Signal == request.Name && Heard(known, request) =>
            new RunEvent.StepWoken(place.Id, known.Attempt, NodeWakeKind.Signal, request.Name, request.Data, request.By)
            { Iteration = place.Iteration, SignalId = request.SignalId },
        _ => null,
    };

    // a signal that woke it before is not for it; nor is one that its rule does not let pass
    private static bool Heard(StepState known, RunRequest request)
    {
        if (request.SignalId > 0 && request.SignalId <= known.Heard) return false;
        if (known.Match.ValueKind == JsonValueKind.Undefined) return true;
        var data = request.Data.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : request.Data;
        return LogicRule.Compile(known.Match).Rule?.IsTrue(JsonSerializer.SerializeToElement(new { data })) ?? false;
    }

    private static RunEvent.StepWoken Woken(StepPlace place, StepState known, string? by) =>
        new(place.Id, known.Attempt, NodeWakeKind.Time, null, default, by) { Iteration = place.Iteration };

    private static RunEvent.StepStarted NextTry(StepPlace place, StepState known) =>
        new(place.Id, known.Attempt + 1) { Iteration = place.Iteration };
}

/// <summary>How a run ends whose time is up.</summary>
internal static class RunDeadline
{
    /// <summary>The end: well when the workflow's exit conditions say so, else as a failure.</summary>
    public static RunEvent Event(RunPlan plan, RunState state, DateTimeOffset now)
    {
        var settings = plan.Definition.Settings;
        return settings.Timeout is { } timeout && state.StartedAt + timeout <= now
            ? new RunEvent.RunFailed("run_timeout", $"The run took longer than {timeout:c}, the most that its workflow allows.")
            : new RunEvent.RunCompleted
            { Early = $"{settings.Exit!.TimeoutDays} days have passed, as many as the workflow's exit conditions allow." };
    }
}
