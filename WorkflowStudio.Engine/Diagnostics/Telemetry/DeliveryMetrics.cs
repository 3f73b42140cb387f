using System.Diagnostics.Metrics;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>What deliveries to endpoints come to. Whom they reach is no attribute: addresses are made by people.</summary>
public sealed class DeliveryMetrics
{
    private static readonly double[] Seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

    private readonly Histogram<double> duration;

    /// <summary>One per process.</summary>
    public DeliveryMetrics(IMeterFactory meters) => duration = meters.Create(TelemetryNames.Studio).CreateHistogram(
        "workflowstudio.delivery.duration",
        "s",
        "The time of one try to deliver an event to an endpoint; its count is the number of tries.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>There was an answer.</summary>
    internal void Answered(int status, TimeSpan took) =>
        duration.Record(took.TotalSeconds, TelemetryNames.Tag(TelemetryNames.DeliveryOutcome, Word(status)));

    /// <summary>There was none.</summary>
    /// <param name="code">The problem, one of those that <see cref="Connectors.Http.IHttpCalls"/> names.</param>
    /// <param name="took">How long it took.</param>
    internal void Failed(string code, TimeSpan took) => duration.Record(
        took.TotalSeconds,
        TelemetryNames.Tag(TelemetryNames.DeliveryOutcome, "failed"),
        TelemetryNames.Tag(TelemetryNames.ErrorType, code));

    private static string Word(int status) => status switch
    {
        >= 200 and < 300 => "delivered",
        < 500 => "refused",
        _ => "broken",
    };
}
