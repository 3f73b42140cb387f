using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Api.Streaming;

namespace WorkflowStudio.Api;

/// <summary>Registers and maps the public API.</summary>
internal static class ApiSetup
{
    // what is below these is answered to programs, whatever they accept; the pages are below StudioUrls.Home
    private static readonly string[] Roots = ["/api", "/workflows"];

    /// <summary>Whether an address belongs to the API.</summary>
    public static bool Serves(PathString path) => Array.Exists(Roots, root => path.StartsWithSegments(root));

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Idempotency>().AddSingleton<ApiGate>().AddSingleton<WebhookDoor>().AddSingleton<EventStreams>()
        .AddSingleton<RunStreams>()
        .AddSingleton<WebhookMetrics>().AddSingleton<KnownDialects>()
        .AddRunsHub()
        .AddGraphDialect();

    public static void MapApi(this WebApplication app)
    {
        var (gate, webhooks) = (app.Services.GetRequiredService<ApiGate>(), app.Services.GetRequiredService<WebhookDoor>());
        foreach (var endpoints in app.Services.GetServices<IDialectEndpoints>().GroupBy(e => e.Dialect))
        {
            var routes = new DialectRoutes(app, gate, webhooks, endpoints.Key);
            foreach (var part in endpoints) part.Map(routes);
            routes.Close();
        }

        app.MapRunsHub();
        // what is below the prefix of no dialect is refused in the words of the house
        var dialects = app.Services.GetRequiredService<KnownDialects>();
        foreach (var root in Roots.Where(r => !dialects.Closes(r))) DialectRoutes.CloseAll(app, root, dialects.At(root));
    }

    /// <summary>Cookies, forms and sign-in are no matter of the API: its endpoints run right after routing.</summary>
    public static IEndpointConventionBuilder OutsideOfPages(this IEndpointConventionBuilder endpoint) =>
        endpoint.ShortCircuit().AllowAnonymous();
}
