using System.Diagnostics.Metrics;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>What calls of steps to other systems come to. Whom they reach is no attribute: addresses are made by people.</summary>
public sealed class CallMetrics
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly Histogram<double> duration;

    /// <summary>One per process.</summary>
    public CallMetrics(IMeterFactory meters) => duration = meters.Create(TelemetryNames.Studio).CreateHistogram(
        "workflowstudio.call.duration",
        "s",
        "The time of a call of a step to another system, redirects and a second try included; its count is the number of calls.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>Whether anybody listens.</summary>
    internal bool IsOn => duration.Enabled;

    /// <summary>There was an answer, or it stayed in the outbox.</summary>
    /// <param name="status">The status of the answer; 0 when nobody was called.</param>
    /// <param name="took">How long it took.</param>
    internal void Answered(int status, TimeSpan took) =>
        duration.Record(took.TotalSeconds, TelemetryNames.Tag(TelemetryNames.CallOutcome, Word(status)));

    /// <summary>There was none.</summary>
    /// <param name="code">The problem, one of those that <see cref="Connectors.Http.IHttpCalls"/> names.</param>
    /// <param name="took">How long it took.</param>
    internal void Failed(string code, TimeSpan took) => duration.Record(
        took.TotalSeconds,
        TelemetryNames.Tag(TelemetryNames.CallOutcome, "failed"),
        TelemetryNames.Tag(TelemetryNames.ErrorType, code));

    private static string Word(int status) => status switch
    {
        0 => "captured",
        < 400 => "ok",
        < 500 => "refused",
        _ => "broken",
    };
}
