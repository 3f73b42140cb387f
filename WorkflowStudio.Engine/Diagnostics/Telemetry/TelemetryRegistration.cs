using Microsoft.Extensions.DependencyInjection;

namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>Registers what is measured and traced: the engine of a server. Commands, the demo's past and simulations do without.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<RunMetrics>().AddSingleton<StepMetrics>().AddSingleton<PumpMetrics>().AddSingleton<CommitMetrics>()
        .AddSingleton<ScheduleMetrics>().AddSingleton<CallMetrics>().AddSingleton<DeliveryMetrics>()
        .AddSingleton<RunTracing>();
}
