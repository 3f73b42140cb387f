using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Hosting.Telemetry;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>The settings that hold in this shell, and where each is from. A server that runs has read those of its own shell.</summary>
internal static class DoctorSettings
{
    public static async Task WriteAsync(DoctorReport report, StudioOptions options, string? data)
    {
        var (urls, isPublic) = (Value("ASPNETCORE_URLS"), Value("STUDIO_PUBLIC_URL") is not null);
        var development = IsDevelopment;
        await report.LineAsync("Data folder", $"{options.DataFolder} ({(data is not null ? "--data" : From("STUDIO_DATA"))})");
        await report.LineAsync("Environment",
            $"{(development ? "Development" : Value("ASPNETCORE_ENVIRONMENT") ?? "Production")} ({From("ASPNETCORE_ENVIRONMENT")})");
        await report.LineAsync("Listens on", $"{urls ?? HostingSetup.DefaultUrl} ({From("ASPNETCORE_URLS")}; --urls goes before it)");
        await report.LineAsync("Public", isPublic
            ? $"{options.Address} (STUDIO_PUBLIC_URL)"
            : "not set: links to clients begin with the first address of the server; pages behind a proxy on another machine need it");
        await report.LineAsync("Allowed hosts", options.AllowedHosts.Count == 0
            ? "none (preset): connections reach public addresses only"
            : $"{string.Join(", ", options.AllowedHosts)} (STUDIO_ALLOWED_HOSTS)");
        await report.LineAsync("Store", options.Database is null ? "SQLite in the data folder (preset)" : "PostgreSQL (STUDIO_DATABASE)");
        await report.LineAsync("Metrics", Metrics(options.Telemetry));
        await report.LineAsync("Telemetry", options.Telemetry.Otlp is { } collector
            ? $"sent to {ShownAddress.Origin(collector)} ({TelemetryOptions.OtlpVariable})"
            : "sent nowhere (preset)");
        if (Value("STUDIO_CLOCK_OFFSET") is { } offset)
            await report.LineAsync(
                "Clock", $"shifted by {offset} (STUDIO_CLOCK_OFFSET{(development ? "" : ", ignored outside of Development")})");
        Warn(report, options, development, isPublic);
    }

    private static bool IsDevelopment => string.Equals(Value("ASPNETCORE_ENVIRONMENT")
        ?? (StudioArguments.FromSources ? Environments.Development : null), Environments.Development, StringComparison.OrdinalIgnoreCase);

    private static void Warn(DoctorReport report, StudioOptions options, bool development, bool isPublic)
    {
        if (development && Value("STUDIO_CLOCK_OFFSET") is { } offset)
            report.Warn(
                $"STUDIO_CLOCK_OFFSET shifts the clock by {offset}: waits and schedules are early or late. Take it away for real work.");
        if (Value("STUDIO_FAILPOINT") is not null)
            report.Warn("STUDIO_FAILPOINT is set: outside of Production it kills the server. Take it away for real work.");
        if (!development && !isPublic)
            report.Warn("STUDIO_PUBLIC_URL is not set: links in messages to clients may lead to this machine only, and pages behind a "
                + "proxy on another machine do not work. Set it to the address that clients use.");
        if (options.Telemetry is { Metrics: false, Token: not null })
            report.Warn($"{TelemetryOptions.TokenVariable} is set, but GET {MetricsEndpoint.Path} is off. Set "
                + $"{TelemetryOptions.MetricsVariable}=on, or take the token away.");
        foreach (var name in StudioArguments.Misspelled(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
            report.Warn($"{name} is not a setting and is ignored.");
    }

    private static string Metrics(TelemetryOptions telemetry) => telemetry switch
    {
        { Metrics: false } => $"off ({From(TelemetryOptions.MetricsVariable)}): GET {MetricsEndpoint.Path} answers 404",
        { Token: null } => $"GET {MetricsEndpoint.Path} ({TelemetryOptions.MetricsVariable}), for requests from this machine alone: "
            + $"{TelemetryOptions.TokenVariable} is not set",
        _ => $"GET {MetricsEndpoint.Path} ({TelemetryOptions.MetricsVariable}), for requests from this machine, and from others with the "
            + $"token ({TelemetryOptions.TokenVariable})",
    };

    private static string From(string variable) => Value(variable) is null ? "preset" : variable;

    private static string? Value(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
