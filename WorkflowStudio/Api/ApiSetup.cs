using WorkflowStudio.Api.Dialects.Graph;

namespace WorkflowStudio.Api;

/// <summary>Registers and maps the public API.</summary>
internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Idempotency>().AddSingleton<ApiGate>()
        .AddSingleton<GraphEndpoints>().AddSingleton<GraphWebhooks>();

    public static void MapApi(this WebApplication app)
    {
        app.Services.GetRequiredService<GraphEndpoints>().Map(app);
        app.Services.GetRequiredService<GraphWebhooks>().Map(app);
        // never a page below the API, whatever the method
        app.Map("/api/{**rest}", http => GraphDialect.Instance.Refuse(ApiProblem.UnknownRoute).WriteAsync(http.Response, http.RequestAborted)).OutsideOfPages();
    }

    /// <summary>Cookies, forms and sign-in are no matter of the API: its endpoints run right after routing.</summary>
    public static IEndpointConventionBuilder OutsideOfPages(this IEndpointConventionBuilder endpoint) => endpoint.ShortCircuit().AllowAnonymous();
}
