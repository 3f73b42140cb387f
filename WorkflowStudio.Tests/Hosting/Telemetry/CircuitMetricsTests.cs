using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Hosting.Telemetry;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Hosting.Telemetry;

public sealed class CircuitMetricsTests
{
    [Fact]
    public async Task Connected_CountsConnectionsUpAndDown()
    {
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<CircuitMetrics>().BuildServiceProvider();
        var circuits = services.GetRequiredService<CircuitMetrics>();
        using var measured = new Measured(services.GetRequiredService<IMeterFactory>());
        measured.Look();
        await circuits.OnConnectionUpAsync(null!, default);
        await circuits.OnConnectionUpAsync(null!, default);
        measured.Look();
        await circuits.OnConnectionDownAsync(null!, default);
        measured.Look();
        Assert.Equal(["0", "2", "1"], measured.Of("workflowstudio.circuits.connected", withValue: true));
    }
}
