using WorkflowStudio.Api.Dialects.Blocks;
using WorkflowStudio.Api.Dialects.Documents;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Dialects.Services;
using WorkflowStudio.Api.Gateways;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Api.Practice;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Api.Streaming;
using WorkflowStudio.Api.V1;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Api;

/// <summary>Registers and maps the public API.</summary>
internal static class ApiSetup
{
    // what is below these is answered to programs, whatever they accept; the pages are below StudioUrls.Home
    private static readonly string[] Roots = ["/api", "/workflows"];

    /// <summary>Whether an address belongs to the API.</summary>
    public static bool Serves(PathString path) => Array.Exists(Roots, root => path.StartsWithSegments(root));

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Idempotency>().AddSingleton<ApiGate>().AddSingleton<WebhookDoor>().AddSingleton<WebhookResults>()
        .AddSingleton<EventStreams>().AddSingleton<RunStreams>().AddSingleton<RunLogs>().AddSingleton<EndpointRoutes>()
        .AddHostedService<KeyUseNotes>()
        .AddSingleton<SmsDoor>().AddSingleton<StripeDoor>().AddSingleton<WebhookMetrics>().AddSingleton<KnownDialects>()
        .AddRunsHub()
        .AddV1().AddPracticeApi().AddGraphDialect().AddSequencesDialect().AddBlocksDialect().AddServicesDialect().AddDocumentsDialect()
        .AddReference();

    public static void MapApi(this WebApplication app)
    {
        var (gate, webhooks) = (app.Services.GetRequiredService<ApiGate>(), app.Services.GetRequiredService<WebhookDoor>());
        var dialects = app.Services.GetRequiredService<KnownDialects>();
        var closed = new HashSet<string>();
        // dialects can share a prefix: what one address takes is known only when all of them have said it
        foreach (var below in app.Services.GetServices<IDialectEndpoints>().GroupBy(e => e.Prefix))
        {
            var prefix = new PrefixRoutes(app, below.Key);
            foreach (var part in below) part.Map(new DialectRoutes(prefix, gate, webhooks, part.Dialect));
            prefix.Close(dialects.At(below.Key));
            closed.Add(below.Key);
        }

        app.Services.GetRequiredService<SmsDoor>().Map(app);
        app.Services.GetRequiredService<StripeDoor>().Map(app);
        app.MapRunsHub();
        app.MapReference();
        // what is below the prefix of no dialect is refused in the words of the house
        foreach (var root in Roots.Where(r => !closed.Contains(r))) PrefixRoutes.CloseAll(app, root, dialects.At(root));
    }

    /// <summary>Cookies, forms and sign-in are no matter of the API: its endpoints run right after routing.</summary>
    public static IEndpointConventionBuilder OutsideOfPages(this IEndpointConventionBuilder endpoint) =>
        endpoint.ShortCircuit().AllowAnonymous();
}
