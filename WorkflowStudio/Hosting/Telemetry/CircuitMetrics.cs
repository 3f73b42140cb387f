using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Components.Server.Circuits;
using WorkflowStudio.Engine.Diagnostics.Telemetry;

namespace WorkflowStudio.Hosting.Telemetry;

/// <summary>How many pages are open and connected.</summary>
internal sealed class CircuitMetrics : CircuitHandler
{
    private int connected;

    public CircuitMetrics(IMeterFactory meters) => meters.Create(TelemetryNames.Studio).CreateObservableUpDownCounter(
        "workflowstudio.circuits.connected", () => Volatile.Read(ref connected), "{circuit}", "Open pages with a living connection.");

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref connected);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref connected);
        return Task.CompletedTask;
    }
}
