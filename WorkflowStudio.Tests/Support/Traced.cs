using System.Collections.Concurrent;
using System.Diagnostics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;

namespace WorkflowStudio.Tests.Support;

/// <summary>The spans of one trace, whoever makes them; no other trace is on because of it.</summary>
internal sealed class Traced : IDisposable
{
    private readonly ActivityListener listener;
    private readonly ConcurrentQueue<Activity> spans = new();

    /// <param name="sources">The engines' own sources; those of requests and calls are listened to, too.</param>
    public Traced(params RunTracing[] sources)
    {
        var own = sources.Select(s => s.Source).ToHashSet();
        listener = new ActivityListener
        {
            ShouldListenTo = s => own.Contains(s) || s.Name is "Microsoft.AspNetCore" or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> o) =>
                o.Parent.TraceId == Trace && o.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == Trace) spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public ActivityTraceId Trace { get; init; } = ActivityTraceId.CreateRandom();

    /// <summary>What a caller sends whose trace is on.</summary>
    public string Parent => $"00-{Trace}-00f067aa0ba902b7-01";

    /// <summary>The spans that are over.</summary>
    public IReadOnlyCollection<Activity> Spans => spans;

    public IEnumerable<Activity> Named(string name) => spans.Where(s => s.OperationName == name);

    /// <summary>Does something as if it were asked for in the trace.</summary>
    public async Task<T> InsideAsync<T>(Func<Task<T>> work)
    {
        using var around = new Activity("test").SetParentId(Parent).Start();
        return await work();
    }

    public void Dispose() => listener.Dispose();
}
