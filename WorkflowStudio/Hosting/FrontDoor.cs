using WorkflowStudio.Api;
using WorkflowStudio.Hosting.Telemetry;

namespace WorkflowStudio.Hosting;

/// <summary>What a request goes through before anything else looks at it.</summary>
internal static class FrontDoor
{
    private const string Circuits = "/_blazor";

    /// <summary>Lets in what is meant for this server.</summary>
    public static void UseFrontDoor(this WebApplication app)
    {
        var (own, foreign) = (app.Services.GetRequiredService<OwnAddress>(), app.Services.GetRequiredService<ForeignPages>());
        var telemetry = app.Services.GetRequiredService<StudioOptions>().Telemetry;
        app.Use((http, next) =>
        {
            var request = http.Request;
            if (!own.Serves(request.Host))
            {
                // whoever watches the process may know it by any name, and is told no address
                return IsHealth(request) || MetricsEndpoint.IsAsked(request, telemetry)
                    ? next(http)
                    : RefuseAsync(http, ApiProblem.UnknownHost);
            }

            own.Adopt(request);
            if (IsForOwnPages(request) && !own.IsFromOwnPage(request))
            {
                foreign.Met(request);
                return RefuseAsync(http, ApiProblem.ForeignPage);
            }

            if (FormerAddresses.Of(request) is { } page)
            {
                http.Response.Redirect(page);
                return Task.CompletedTask;
            }

            if (HttpMethods.IsHead(request.Method) && !IsForPrograms(request.Path)) AnswerLikeGet(http);
            return next(http);
        });
    }

    /// <summary>Answers what routing has found no place for: a sign-in would not help.</summary>
    public static void UseAnswersOfRouting(this WebApplication app) => app.Use((http, next) =>
    {
        switch (http.GetEndpoint())
        {
            case null:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            case { Metadata.Count: 0, RequestDelegate: { } refusal }: // routing's own: a method that the address does not take
                return refusal(http);
            default:
                return next(http);
        }
    });

    // what other pages have no business with: the circuit, and what is sent by forms
    private static bool IsForOwnPages(HttpRequest request) => request.Path.StartsWithSegments(Circuits) || FormDoor.IsSent(request);

    // these two alone: what answers for another address or method is a page, which is made for a host
    private static bool IsHealth(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (request.Path == HealthEndpoints.Live || request.Path == HealthEndpoints.Ready);

    private static bool IsForPrograms(PathString path) => ApiSetup.Serves(path) || path.StartsWithSegments("/hubs");

    private static Task RefuseAsync(HttpContext http, ApiProblem problem)
    {
        if (IsForPrograms(http.Request.Path))
            return http.RequestServices.GetRequiredService<KnownDialects>().Of(http.Request).Refuse(problem)
                .WriteAsync(http.Response, http.RequestAborted);
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(problem.Message, http.RequestAborted);
    }

    // pages know GET alone; the server leaves the body of a HEAD away, whatever is written
    private static void AnswerLikeGet(HttpContext http) => (http.Request.Method, http.Response.Body) = (HttpMethods.Get, Stream.Null);
}
