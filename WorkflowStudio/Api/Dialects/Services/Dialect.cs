using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>The services dialect: steps one after the other, by a schedule or by hand, below <c>/api/v1/services/workflows</c>.</summary>
internal sealed class ServicesDialect : IDialect
{
    private const int LongestId = 200;

    private static readonly ApiProblem OfAPage = new(403, "origin_not_allowed",
        "This API is for servers: what a page sends from a browser is refused, for its key could be read there. Call it from your "
        + "backend.");

    public static ServicesDialect Instance { get; } = new();

    public string Name => "services";

    public string Prefix => "/api/v1/services/workflows";

    public string ProblemType => ApiAnswer.Json;

    public ApiAnswer Refuse(ApiProblem problem) => ServicesProblems.Of(problem);

    public ApiAnswer Refuse(OperationProblem problem) => ServicesProblems.Of(problem);

    // the reference tries its requests from a page of this server, whose reader has typed the key
    public ApiProblem? WhyNot(HttpRequest request, OwnAddress own) => own.IsFromOwnPage(request) ? null : OfAPage;

    /// <summary>Gives the sender's own name of the request back.</summary>
    public void Head(HttpContext http)
    {
        var id = http.Request.Headers["X-Request-Id"].ToString();
        if (id.Length is > 0 and <= LongestId && id.All(c => c is > ' ' and <= '~')) http.Response.Headers["Softsolz-Request-Id"] = id;
    }
}

/// <summary>Registers the dialect.</summary>
internal static class ServicesSetup
{
    public static IServiceCollection AddServicesDialect(this IServiceCollection services) => services
        .AddSingleton<IDialectEndpoints, ServicesWorkflows>()
        .AddSingleton<IDialectEndpoints, ServicesRuns>()
        .AddSingleton<IDialectEndpoints, ServicesCatalog>()
        .AddSingleton<IDialectEndpoints, ServicesWebhooks>()
        .AddSingleton<OpenApi.IDialectReference, ServicesReference>();
}
