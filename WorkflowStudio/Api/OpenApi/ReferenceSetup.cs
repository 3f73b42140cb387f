using System.Security.Cryptography;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using WorkflowStudio.Hosting;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>Registers and maps the reference: an OpenAPI document a dialect, and a page to read and try them.</summary>
internal static class ReferenceSetup
{
    // the dialects in the order in which the page offers them
    private static readonly (string Name, string Title)[] Dialects =
        [("graph", "Graph"), ("sequences", "Sequences"), ("services", "Services"), ("documents", "Documents"), ("blocks", "Blocks"),
            ("practice", "Practice data")];

    // links of the page to its maker, one of which would tell it the address of this server, and to what a status means
    private const string NoWayOut = """
        a[href*='scalar.com'] { display: none !important; }
        a[href*='mozilla.org'] { pointer-events: none; text-decoration: none !important; }
        """;

    /// <summary>The names of the documents.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Dialects.Select(d => d.Name)];

    public static IServiceCollection AddReference(this IServiceCollection services)
    {
        foreach (var name in Names)
            services.AddOpenApi(name, o =>
            {
                o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                // the addresses of dialects alone, of which the transformer knows more than their handlers say
                o.ShouldInclude = _ => false;
                o.AddDocumentTransformer<ReferenceDocument>();
            });
        return services.AddSingleton<ReferenceFiles>();
    }

    public static void MapReference(this WebApplication app)
    {
        var files = app.Services.GetRequiredService<ReferenceFiles>();
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        foreach (var name in Names)
        {
            app.MapMethods($"/openapi/{name}.json", reading, http => files.SendAsync(http, name, isYaml: false)).OutsideOfPages();
            app.MapMethods($"/openapi/{name}.yaml", reading, http => files.SendAsync(http, name, isYaml: true)).OutsideOfPages();
        }

        var page = app.MapScalarApiReference(StudioUrls.Reference, SetUp);
        page.OutsideOfPages();
        page.Add(OfKnownDocuments);
    }

    // the page would be there for every name, and say that its document is not
    private static void OfKnownDocuments(EndpointBuilder endpoint)
    {
        var answer = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            if (http.Request.RouteValues["documentName"] is not string name || Names.Contains(name)) return answer(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    // everything comes from this server, and nothing goes elsewhere
    private static void SetUp(ScalarOptions options, HttpContext http)
    {
        options.WithTitle("API reference · WorkflowStudio").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp()
            .HideClientButton().WithFavicon("/favicon.svg").AddPreferredSecuritySchemes(ReferenceDocument.Key).PreserveSchemaPropertyOrder()
            .DisableRequiredPropertiesFirst().WithCustomCss(NoWayOut);
        (options.ProxyUrl, options.ShowDeveloperTools) = (null, DeveloperToolsVisibility.Never);
        foreach (var (name, title) in Dialects) options.AddDocument(name, title, isDefault: name == Names[0]);
        // the one script in the page is ours, and no other may be
        var nonce = RandomNumberGenerator.GetHexString(32);
        options.WithNonce(nonce);
        SecurityHeaders.AllowScript(http.Response, nonce);
    }
}
