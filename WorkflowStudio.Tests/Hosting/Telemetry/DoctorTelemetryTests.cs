using WorkflowStudio.Hosting;
using WorkflowStudio.Hosting.Commands;
using WorkflowStudio.Hosting.Telemetry;

namespace WorkflowStudio.Tests.Hosting.Telemetry;

public sealed class DoctorTelemetryTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData(
        true, null, "Metrics       GET /metrics (STUDIO_METRICS), for requests from this machine alone: STUDIO_METRICS_TOKEN is not set")]
    [InlineData(true, Token, "Metrics       GET /metrics (STUDIO_METRICS), for requests from this machine, and from others with the token "
        + "(STUDIO_METRICS_TOKEN)")]
    [InlineData(
        false, Token, "Warning       STUDIO_METRICS_TOKEN is set, but GET /metrics is off. Set STUDIO_METRICS=on, or take the token away.")]
    [InlineData(true, null, "Telemetry     sent to https://collector.example.org:4317 (OTEL_EXPORTER_OTLP_ENDPOINT)")]
    public async Task Doctor_SaysWhoMayReadWhatIsMeasured(bool on, string? token, string line)
    {
        var output = new StringWriter();
        var report = new DoctorReport(output);
        var telemetry = new TelemetryOptions
        { Metrics = on, Token = token, Otlp = new Uri("https://user:pass@collector.example.org:4317/v1") };
        await DoctorSettings.WriteAsync(report, new StudioOptions { DataFolder = "/data", Telemetry = telemetry }, null);
        await report.WriteWarningsAsync();
        Assert.Contains(line, output.ToString().ReplaceLineEndings("\n").Split('\n'));
        Assert.DoesNotContain(Token, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", output.ToString(), StringComparison.Ordinal);
    }
}
