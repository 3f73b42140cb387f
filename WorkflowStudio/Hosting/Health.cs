using System.Collections.Concurrent;

namespace WorkflowStudio.Hosting;

/// <summary>Which parts of the app are ready. Parts are named once, at start; what is named has to become ready.</summary>
internal sealed class Readiness
{
    /// <summary>The tables are up to date, and can be written.</summary>
    public const string Database = "database";

    /// <summary>Every shard has its owner.</summary>
    public const string Engine = "engine";

    /// <summary>The state of a part that works.</summary>
    public const string Ready = "ready";

    /// <summary>The state of a part that has not come so far yet.</summary>
    public const string Starting = "starting";

    private readonly ConcurrentDictionary<string, Func<string>> parts = new() { [Database] = () => Starting, [Engine] = () => Starting };

    /// <summary>Says how to see the state of a part: ready, starting, or what is wrong in a few words.</summary>
    public void Set(string part, Func<string> state) => parts[part] = state;

    /// <summary>Every part and its state.</summary>
    public IReadOnlyDictionary<string, string> Parts => parts.ToDictionary(p => p.Key, p => p.Value());

    /// <summary>The state of all parts together.</summary>
    public static string Of(IReadOnlyDictionary<string, string> parts) =>
        parts.Values.All(s => s == Ready) ? Ready : parts.Values.All(s => s is Ready or Starting) ? Starting : "not ready";
}

/// <summary>Two addresses for whoever watches the process.</summary>
internal static class HealthEndpoints
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods(Live, Reading, () => Results.Json(new { status = "live" })).AllowAnonymous();
        app.MapMethods(Ready, Reading, (Readiness readiness) =>
        {
            var parts = readiness.Parts;
            var status = Readiness.Of(parts);
            return Results.Json(new { status, parts },
                statusCode: status == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
