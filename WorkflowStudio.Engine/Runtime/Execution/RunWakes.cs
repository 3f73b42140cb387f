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
        foreach (var (step, iteration, known) in RunSteps.Of(plan, state))
        {
            if (known.Until > now || known.Until is null) continue;
            if (known.Status == StepStatus.Waiting) yield return Woken(step, iteration, known, null);
            else if (known.Status == StepStatus.Retrying) yield return NextTry(step, iteration, known);
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
                return [.. RunSteps.Of(plan, state).Where(s => IsMeant(request, s.Step, s.Iteration)).Select(s => Wake(s.Step, s.Iteration, s.State, request)).OfType<RunEvent>()];
            default:
                return [];
        }
    }

    /// <summary>Whether a signal that was sent to this run alone has to wait in the inbox: nobody listens to it yet, but a step that may is being called.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="state">The state.</param>
    /// <param name="request">The signal, or another request.</param>
    /// <param name="isCalling">Whether calls are under way; a run that is paused makes no others.</param>
    public static bool ComesEarly(RunPlan plan, RunState state, RunRequest request, bool isCalling)
    {
        if (request.Kind != RunRequestKind.Signal || request.SignalId > 0 || state.IsFinal || (state.Status == RunStatus.Paused && !isCalling)) return false;
        var comes = false;
        foreach (var (step, iteration, known) in RunSteps.Of(plan, state))
        {
            if (!IsMeant(request, step, iteration)) continue;
            if (Wake(step, iteration, known, request) is not null) return false;
            comes |= step.Type.Waits && known.Status == StepStatus.Running;
        }

        return comes;
    }

    private static bool IsMeant(RunRequest request, PlanStep step, string? iteration) =>
        (request.NodeId is null || request.NodeId == step.Node.Id) && (request.Iteration is null || request.Iteration == iteration);

    private static RunEvent? Wake(PlanStep step, string? iteration, StepState known, RunRequest request) => (known.Status, request.Kind) switch
    {
        (StepStatus.Retrying, RunRequestKind.WakeNow) => NextTry(step, iteration, known),
        (StepStatus.Waiting, RunRequestKind.WakeNow) when known.Until is not null => Woken(step, iteration, known, request.By),
        (StepStatus.Waiting, RunRequestKind.Signal) when known.Signal == request.Name && Heard(known, request) =>
            new RunEvent.StepWoken(step.Node.Id, known.Attempt, NodeWakeKind.Signal, request.Name, request.Data, request.By) { Iteration = iteration, SignalId = request.SignalId },
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

    private static RunEvent.StepWoken Woken(PlanStep step, string? iteration, StepState known, string? by) =>
        new(step.Node.Id, known.Attempt, NodeWakeKind.Time, null, default, by) { Iteration = iteration };

    private static RunEvent.StepStarted NextTry(PlanStep step, string? iteration, StepState known) => new(step.Node.Id, known.Attempt + 1) { Iteration = iteration };
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
            : new RunEvent.RunCompleted { Early = $"{settings.Exit!.TimeoutDays} days have passed, as many as the workflow's exit conditions allow." };
    }
}
