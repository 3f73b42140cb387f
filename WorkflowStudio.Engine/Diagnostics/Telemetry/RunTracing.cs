using System.Diagnostics;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>
/// The trace of a run: its start, each turn in which it is worked on, each call of a step. The parent of the turns is recorded in the run's
/// first event, so that they stay in one trace across waits, restarts and nodes. Attributes hold names and ids of ours, never data and
/// never messages.
/// </summary>
public sealed class RunTracing : IDisposable
{
    internal const string StartName = "run start";
    internal const string TurnName = "run turn";
    internal const string StepName = "step ";

    private readonly ActivitySource source = new(TelemetryNames.Studio);

    /// <summary>Whether anybody listens.</summary>
    internal bool IsOn => source.HasListeners();

    /// <summary>Where spans come from, to tell those of this process's own engine from others.</summary>
    internal ActivitySource Source => source;

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    /// <summary>What a run that is started here has as its parent; null when no trace is on.</summary>
    internal string? Parent() => IsOn ? ParentOf(Activity.Current) : null;

    /// <summary>The parent that a span makes for a run; null when it is not recorded.</summary>
    internal static string? ParentOf(Activity? span) => span is { Recorded: true, IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    /// <summary>The start of a run until it is durable.</summary>
    internal Activity? Start(RunIdentity run, string cause)
    {
        if (!IsOn || source.StartActivity(StartName, ActivityKind.Producer) is not { } span) return null;
        return Named(span, run)?.SetTag(TelemetryNames.Cause, cause);
    }

    /// <summary>One turn of a run: from its being taken up until it is over or waits.</summary>
    internal Activity? Turn(RunIdentity run, string? parent)
    {
        if (!IsOn) return null;
        var known = ActivityContext.TryParse(parent, null, isRemote: true, out var context);
        return source.StartActivity(TurnName, ActivityKind.Consumer, known ? context : default) is { } span ? Named(span, run) : null;
    }

    /// <summary>Says what a turn came to.</summary>
    internal static void End(Activity span, RunStatus status, string? code)
    {
        span.SetTag(TelemetryNames.RunStatus, RunMetrics.Word(status));
        if (status == RunStatus.Failed) Fail(span, code);
    }

    /// <summary>One call of a step.</summary>
    internal Activity? Step(string type, string nodeId, int attempt)
    {
        if (!IsOn || Activity.Current is not { Recorded: true }) return null; // a step stands in its run's turn, and is on when that is
        return source.StartActivity(StepName + type)?.SetTag(TelemetryNames.StepType, type)
            .SetTag(TelemetryNames.StepId, nodeId).SetTag(TelemetryNames.StepAttempt, attempt);
    }

    /// <summary>Says what a call came to.</summary>
    internal static void End(Activity span, NodeOutcome outcome)
    {
        span.SetTag(TelemetryNames.StepOutcome, StepMetrics.Word(outcome));
        if (outcome is NodeOutcome.Failed failed) Fail(span, failed.Code);
    }

    // the code alone: a message may say what somebody wrote
    private static void Fail(Activity span, string? code)
    {
        span.SetTag(TelemetryNames.ErrorType, code ?? "unknown");
        span.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Named(Activity span, RunIdentity run) =>
        span.SetTag(TelemetryNames.RunId, run.RunId.ToString()).SetTag(TelemetryNames.WorkflowId, run.WorkflowId.ToString());
}
