using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Streaming;

namespace WorkflowStudio.Api;

/// <summary>Registers and maps the public API.</summary>
internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Idempotency>().AddSingleton<ApiGate>().AddSingleton<EventStreams>()
        .AddRunsHub()
        .AddSingleton<GraphEndpoints>().AddSingleton<GraphWebhooks>().AddSingleton<GraphEvents>().AddSingleton<GraphControl>();

    public static void MapApi(this WebApplication app)
    {
        app.Services.GetRequiredService<GraphEndpoints>().Map(app);
        app.Services.GetRequiredService<GraphWebhooks>().Map(app);
        app.Services.GetRequiredService<GraphEvents>().Map(app);
        app.Services.GetRequiredService<GraphControl>().Map(app);
        app.MapRunsHub();
        app.MapWrongMethods();
        // never a page below the API, whatever the method
        app.Map("/api/{**rest}", http => GraphDialect.Instance.Refuse(ApiProblem.UnknownRoute).WriteAsync(http.Response, http.RequestAborted)).OutsideOfPages();
    }

    // an endpoint without methods comes second to those with: it gets what they do not take
    private static void MapWrongMethods(this WebApplication app)
    {
        var known = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .ToLookup(e => e.RoutePattern.RawText!, e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods);
        foreach (var address in known)
        {
            var allow = string.Join(", ", address.SelectMany(m => m).Distinct().Order(StringComparer.Ordinal));
            app.Map(address.Key, http =>
            {
                http.Response.Headers.Allow = allow;
                return GraphDialect.Instance.Refuse(ApiProblem.WrongMethod).WriteAsync(http.Response, http.RequestAborted);
            }).OutsideOfPages();
        }
    }

    /// <summary>Cookies, forms and sign-in are no matter of the API: its endpoints run right after routing.</summary>
    public static IEndpointConventionBuilder OutsideOfPages(this IEndpointConventionBuilder endpoint) => endpoint.ShortCircuit().AllowAnonymous();
}
