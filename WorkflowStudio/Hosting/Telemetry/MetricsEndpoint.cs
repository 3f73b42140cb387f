using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Hosting.Telemetry;

/// <summary>
/// GET /metrics, for Prometheus. Off it is not there. On, it is there for whoever sits at this machine, and for whoever has the token; to
/// all others it tells nothing, not even how busy a practice is.
/// </summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private const string Scheme = "Bearer ";

    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<CircuitMetrics>(); // made before the first page is opened, so that none is a number, too
        var options = app.Services.GetRequiredService<StudioOptions>().Telemetry;
        if (!options.Metrics) return;
        app.MapPrometheusScrapingEndpoint(Path, null, pipeline => pipeline.Use(Gate), null).AllowAnonymous();

        Task Gate(HttpContext http, RequestDelegate next) => Refuse(http, options) is { } status ? Answer(http, status) : next(http);
    }

    /// <summary>
    /// Whether a request is one for the measurements: it may name this server as it likes; who is answered is decided later.
    /// </summary>
    public static bool IsAsked(HttpRequest request, TelemetryOptions options) => options.Metrics && request.Path == Path;

    private static int? Refuse(HttpContext http, TelemetryOptions options)
    {
        if (!HttpMethods.IsGet(http.Request.Method)) return StatusCodes.Status405MethodNotAllowed;
        if (ThisMachine.Asks(http)) return null;
        if (options.Token is not { } token) return StatusCodes.Status404NotFound;
        return Has(http.Request.Headers.Authorization.ToString(), token) ? null : StatusCodes.Status401Unauthorized;
    }

    // hashed first: then the comparison takes as long whatever their lengths are
    private static bool Has(string header, string token) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), Hash(token));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status == StatusCodes.Status405MethodNotAllowed) http.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }
}
