using System.Diagnostics.CodeAnalysis;

namespace WorkflowStudio.Hosting.Telemetry;

/// <summary>Who may read the measurements, and where they and the traces are sent.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The variable that turns <c>GET /metrics</c> on.</summary>
    public const string MetricsVariable = "STUDIO_METRICS";

    /// <summary>The variable with the token for requests from other machines.</summary>
    public const string TokenVariable = "STUDIO_METRICS_TOKEN";

    /// <summary>OpenTelemetry's own variable for where to send.</summary>
    public const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const int ShortestToken = 16;

    /// <summary>Whether <c>GET /metrics</c> answers.</summary>
    public bool Metrics { get; init; }

    /// <summary>What lets other machines read them; null when nothing does.</summary>
    public string? Token { get; init; }

    /// <summary>Where measurements and traces are sent; null for nowhere.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Reads and checks; false with the reason in one line. The token itself is not shown.</summary>
    public static bool TryRead(
        IConfiguration from, [NotNullWhen(true)] out TelemetryOptions? options, [NotNullWhen(false)] out string? wrong)
    {
        (options, wrong) = (null, null);
        var (metrics, token, otlp) = (from[MetricsVariable], Given(from, TokenVariable), Given(from, OtlpVariable));
        Uri? address = null;
        if (metrics is not (null or "" or "on" or "off")) wrong = $"{MetricsVariable} is \"{metrics}\"; give on or off.";
        else if (token is not null && (token.Length < ShortestToken || token.Any(c => c is <= ' ' or > '~')))
            wrong =
                $"{TokenVariable} has to be {ShortestToken} characters or longer, letters, digits and signs without spaces; make one with: "
                    + "openssl rand -hex 32";
        else if (otlp is not null && !(Uri.TryCreate(otlp, UriKind.Absolute, out address) && address.Scheme is "http" or "https"))
            wrong = $"{OtlpVariable} is \"{otlp}\"; give the address of a collector, for example http://localhost:4317.";
        if (wrong is not null) return false;
        options = new TelemetryOptions { Metrics = metrics == "on", Token = token, Otlp = address };
        return true;
    }

    private static string? Given(IConfiguration from, string name) => from[name] is { Length: > 0 } value ? value : null;
}
