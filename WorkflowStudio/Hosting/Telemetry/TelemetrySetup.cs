using System.Reflection;
using Microsoft.AspNetCore.Components.Server.Circuits;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WorkflowStudio.Api;
using WorkflowStudio.Engine.Diagnostics.Telemetry;

namespace WorkflowStudio.Hosting.Telemetry;

/// <summary>Lets others read what the studio measures and traces (docs/telemetry.md). Without a setting nothing listens.</summary>
internal static class TelemetrySetup
{
    // The names of addresses that steps call, and of hosts that are asked for, come from people: an attribute of each would grow with them.
    private static readonly string[] OfCalls = ["http.request.method", "http.response.status_code", "http.connection.state", "error.type"];

    public static IServiceCollection AddStudioTelemetry(this IServiceCollection services, TelemetryOptions options, IConfiguration from)
    {
        services.AddSingleton<CircuitMetrics>().AddSingleton<CircuitHandler>(p => p.GetRequiredService<CircuitMetrics>());
        if (!options.Metrics && options.Otlp is null) return services;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(r => Named(r, from));
        telemetry.WithMetrics(m =>
        {
            m.AddMeter(TelemetryNames.Studio);
            m.AddMeter(
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql");
            m.AddView(i => i.Meter.Name == "System.Net.Http" ? new MetricStreamConfiguration { TagKeys = OfCalls } : null);
            if (options.Metrics) m.AddPrometheusExporter();
            if (options.Otlp is not null) m.AddOtlpExporter();
        });
        if (options.Otlp is not null) telemetry.WithTracing(t => Trace(t, from));
        return services;
    }

    private static void Trace(TracerProviderBuilder tracing, IConfiguration from)
    {
        // as long as nobody says otherwise a trace is on when whoever calls has one on
        if (string.IsNullOrEmpty(from["OTEL_TRACES_SAMPLER"])) tracing.SetSampler(new ParentBasedSampler(new AlwaysOffSampler()));
        tracing.AddAspNetCoreInstrumentation(o => o.Filter = http => ApiSetup.Serves(http.Request.Path));
        tracing.AddSource(TelemetryNames.Studio, "System.Net.Http", "Npgsql");
        tracing.AddProcessor(new SpanAddresses());
        tracing.AddOtlpExporter();
    }

    private static void Named(ResourceBuilder resource, IConfiguration from)
    {
        var version = typeof(TelemetrySetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        resource.AddService(from["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "workflowstudio", serviceVersion: version);
    }
}
