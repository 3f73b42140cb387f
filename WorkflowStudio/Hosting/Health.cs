using System.Collections.Concurrent;

namespace WorkflowStudio.Hosting;

/// <summary>Which parts of the app are ready. Parts are named once, at start; what is named has to become ready.</summary>
internal sealed class Readiness
{
    /// <summary>The tables are up to date.</summary>
    public const string Database = "database";

    /// <summary>Every shard has its owner.</summary>
    public const string Engine = "engine";

    private readonly ConcurrentDictionary<string, Func<bool>> parts = new() { [Database] = () => false, [Engine] = () => false };

    /// <summary>Says how to see whether a part is ready.</summary>
    public void Set(string part, Func<bool> ready) => parts[part] = ready;

    /// <summary>Every part and whether it is ready.</summary>
    public IReadOnlyDictionary<string, bool> Parts => parts.ToDictionary(p => p.Key, p => p.Value());
}

/// <summary>Two addresses for whoever watches the process.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        app.MapGet("/health/ready", (Readiness readiness) =>
        {
            var parts = readiness.Parts;
            var ready = parts.Values.All(p => p);
            return Results.Json(
                new { status = ready ? "ready" : "starting", parts = parts.ToDictionary(p => p.Key, p => p.Value ? "ready" : "starting") },
                statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
