using System.Diagnostics;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>
/// Sends <c>traceparent</c> along with outgoing calls of steps whose trace is on, and nothing else: no baggage and no tracestate, which
/// others wrote and which are not for whoever is called. A header of that name that the step itself sets stays as it is.
/// </summary>
internal sealed class StepTracePropagator : DistributedContextPropagator
{
    private const string TraceParent = "traceparent";

    public override IReadOnlyCollection<string> Fields { get; } = [TraceParent];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (RunTracing.ParentOf(activity) is { } parent && IsOfAStep(activity)) setter?.Invoke(carrier, TraceParent, parent);
    }

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;

    // also without a listener a request may have an activity that claims to be recorded: whoever sent it says so
    private static bool IsOfAStep(Activity? activity)
    {
        for (; activity is not null; activity = activity.Parent)
            if (activity.Source.Name == TelemetryNames.Studio) return true;
        return false;
    }
}
