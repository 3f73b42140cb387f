using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>
/// POST /webhooks/{id}: no key, so that a web page can post. Which pages may is the workflow's <c>cors_allowed_origins</c>; a request without
/// an Origin comes from a server and is not asked. The path that the outside world uses most: known workflows cost no query.
/// </summary>
internal sealed class GraphWebhooks(
    ApiGate gate, Idempotency idempotency, ActiveWorkflows workflows, StartRun start, RequestLimits limits, OwnAddress own)
{
    private static readonly ApiProblem OriginRefused = new(403, "origin_not_allowed", "Pages of this origin may not post here. Add it to the trigger's cors_allowed_origins.");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/webhooks/{id}", PostAsync).OutsideOfPages();
        routes.MapMethods("/api/v1/webhooks/{id}", [HttpMethods.Options], PreflightAsync).OutsideOfPages();
    }

    private async Task PostAsync(HttpContext http)
    {
        var answer = await gate.GuardedAsync(GraphDialect.Instance, http, () => AnswerAsync(http));
        await answer.WriteAsync(http.Response, http.RequestAborted);
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext http)
    {
        if (await FindAsync(http) is not { } workflow) return GraphProblems.Of(new OperationProblem.NotFound("webhook"));
        if (!Allow(http, workflow)) return GraphProblems.Of(OriginRefused);
        if (limits.Webhooks.SecondsToWait(workflow.Id) is > 0 and var seconds) return GraphProblems.Of(ApiProblem.TooMany(seconds));
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted) is not { } body) return GraphProblems.Of(ApiProblem.TooLarge);
        var (payload, refusal) = await RequestBody.PayloadAsync(http.Request, body, http.RequestAborted);
        if (refusal is not null) return GraphProblems.Of(refusal);
        if (!Idempotency.TryReadKey(http.Request.Headers, out var key)) return GraphProblems.Of(ApiProblem.BadIdempotencyKey);
        var baseUrl = own.Of(http.Request);
        if (key is null) return await StartAsync(workflow, payload, null, baseUrl, http.RequestAborted);
        var caller = new Caller { Tenant = workflow.Tenant, Name = "Webhook" };
        var call = new ApiCall { Http = http, Caller = caller, Body = body, BaseUrl = baseUrl, IdempotencyKey = key };
        return await idempotency.RunAsync(GraphDialect.Instance, call, c => StartAsync(workflow, payload, c, baseUrl, http.RequestAborted), http.RequestAborted);
    }

    private async Task<ApiAnswer> StartAsync(ActiveWorkflow workflow, JsonElement payload, ApiCall? call, string baseUrl, CancellationToken cancellationToken)
    {
        var started = await start.ByWebhookAsync(workflow.Id, payload, call?.Record is { } record ? outcome => record(GraphAnswers.Webhook(workflow.Id, outcome, baseUrl)) : null, cancellationToken);
        return started.Ok ? GraphAnswers.Webhook(workflow.Id, started.Value, baseUrl) : GraphProblems.Of(started.Problem);
    }

    private async Task PreflightAsync(HttpContext http)
    {
        var answer = await gate.GuardedAsync(GraphDialect.Instance, http, async () =>
        {
            if (await FindAsync(http) is not { } workflow) return GraphProblems.Of(new OperationProblem.NotFound("webhook"));
            if (!Allow(http, workflow)) return GraphProblems.Of(OriginRefused);
            var headers = http.Response.Headers;
            headers.AccessControlAllowMethods = "POST, OPTIONS";
            headers.AccessControlAllowHeaders = "Content-Type, Idempotency-Key";
            headers.AccessControlMaxAge = "600";
            return ApiAnswer.Nothing;
        });
        await answer.WriteAsync(http.Response, http.RequestAborted);
    }

    private async ValueTask<ActiveWorkflow?> FindAsync(HttpContext http) =>
        ShownId.TryRead((string?)http.Request.RouteValues["id"], out var id) && await workflows.FindAsync(id, http.RequestAborted) is { TakesWebhooks: true } workflow ? workflow : null;

    // false only for a browser on a page that is not allowed; our own pages are
    private bool Allow(HttpContext http, ActiveWorkflow workflow)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;
        http.Response.Headers.Vary = "Origin";
        if (!workflow.Allows(origin) && !own.IsOwn(origin, http.Request)) return false;
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlExposeHeaders = "Location, Idempotency-Replayed, Retry-After";
        return true;
    }
}
