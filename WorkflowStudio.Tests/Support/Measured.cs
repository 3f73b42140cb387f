using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;

namespace WorkflowStudio.Tests.Support;

/// <summary>What the studio of one container measures, and nothing of the others that tests run beside it.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<Measure> measures = new();

    public Measured(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name != TelemetryNames.Studio || instrument.Meter.Scope != meters) return;
            Instruments.Enqueue(instrument);
            l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => measures.Enqueue(new Measure(instrument.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<int>(
            (instrument, value, tags, _) => measures.Enqueue(new Measure(instrument.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => measures.Enqueue(new Measure(instrument.Name, value, tags.ToArray())));
        listener.Start();
    }

    public ConcurrentQueue<Instrument> Instruments { get; } = new();

    public IReadOnlyCollection<Measure> All => measures;

    /// <summary>The measurements of an instrument as words: the values of their attributes, then the value where it is asked for.</summary>
    public IEnumerable<string> Of(string name, bool withValue = false) =>
        measures.Where(m => m.Name == name)
            .Select(m => string.Join(' ', m.Tags.Select(t => t.Value).Concat(withValue ? [m.Value] : Array.Empty<object>())));

    /// <summary>Looks at what is only looked at.</summary>
    public void Look() => listener.RecordObservableInstruments();

    public void Dispose() => listener.Dispose();
}

/// <summary>A measurement.</summary>
internal sealed record Measure(string Name, double Value, KeyValuePair<string, object?>[] Tags);
