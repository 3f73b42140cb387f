using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Webhooks.Inbound;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Routes;

/// <summary>What a dialect tells whoever posted to a webhook.</summary>
/// <param name="workflowId">The workflow.</param>
/// <param name="outcome">What came of it.</param>
/// <param name="baseUrl">The address under which we were reached.</param>
internal delegate ApiAnswer WebhookAnswer(Guid workflowId, WebhookOutcome outcome, string baseUrl);

/// <summary>
/// Where the outside world posts without a key, so that a web page can. Which pages may is the workflow's <c>cors_allowed_origins</c>; a
/// request without an Origin comes from a server and is not asked. The path that is used most: known workflows cost no query.
/// </summary>
internal sealed class WebhookDoor(
    ApiGate gate, Idempotency idempotency, ActiveWorkflows workflows, StartRun start, CheckPost posts, RequestLimits limits,
    StudioLimits sizes, OwnAddress own, IdFactory ids, WebhookMetrics metrics, WebhookResults results, KnownDialects dialects,
    PlatformEvents events)
{
    private static readonly ApiProblem OriginRefused = new(
        403, "origin_not_allowed", "Pages of this origin may not post here. Add it to the trigger's cors_allowed_origins.");

    /// <summary>Takes what is posted, and starts a run with it.</summary>
    public async Task PostAsync(IDialect dialect, HttpContext http, WebhookAnswer answer)
    {
        var answered = await gate.GuardedAsync(dialect, http, () => AnswerAsync(dialect, http, answer));
        metrics.Answered(answered);
        if (answered.Awaited is { } run)
            answered = await gate.GuardedAsync(dialect, http, () => results.OfAsync(run.Dialect, http, answered, run));
        await (answered with { IsKeyless = true }).WriteAsync(http.Response, http.RequestAborted);
    }

    /// <summary>Tells a browser whether a page may post here.</summary>
    public async Task PreflightAsync(IDialect dialect, HttpContext http)
    {
        var answered = await gate.GuardedAsync(dialect, http, async () =>
        {
            if (await FindAsync(http) is not { } workflow) return dialect.Refuse(new OperationProblem.NotFound("webhook"));
            if (!Allow(http, workflow)) return dialect.Refuse(OriginRefused);
            var headers = http.Response.Headers;
            headers.AccessControlAllowMethods = "POST, OPTIONS";
            headers.AccessControlAllowHeaders = "Content-Type, Idempotency-Key";
            headers.AccessControlMaxAge = "600";
            return ApiAnswer.Nothing;
        });
        await answered.WriteAsync(http.Response, http.RequestAborted);
    }

    private async Task<ApiAnswer> AnswerAsync(IDialect dialect, HttpContext http, WebhookAnswer answer)
    {
        // before the workflow is looked for: whoever guesses addresses is bounded, too
        var place = RequestLimits.PlaceOf(http.Connection.RemoteIpAddress);
        if (limits.Senders.SecondsToWait(place) is > 0 and var pause) return dialect.Refuse(ApiProblem.TooMany(pause));
        if (await FindAsync(http) is not { } workflow) return dialect.Refuse(new OperationProblem.NotFound("webhook"));
        dialect = dialects.Named(workflow.Origin) ?? dialect; // whoever got the address from another dialect is refused in its words
        if (!Allow(http, workflow)) return dialect.Refuse(OriginRefused);
        if (limits.Webhooks.SecondsToWait(workflow.Id) is > 0 and var seconds) return dialect.Refuse(ApiProblem.TooMany(seconds));
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted) is not { } body) return dialect.Refuse(ApiProblem.TooLarge);
        if (workflow.Webhook.Signature is { } signature && !await IsSignedAsync(http, workflow, signature, body))
            return dialect.Refuse(ApiProblem.NotSigned(PostSignature.HeadersOf(signature)));
        var (posted, files, refusal) = await RequestBody.PayloadAsync(http.Request, body, ids, http.RequestAborted);
        if (refusal is not null) return dialect.Refuse(refusal);
        var (payload, tooLarge) = PostedBeside.Of(http.Request, posted, workflow.Webhook);
        if (tooLarge is not null) return dialect.Refuse(tooLarge);
        if (!Idempotency.TryReadKey(http.Request.Headers, out var key)) return dialect.Refuse(ApiProblem.BadIdempotencyKey);
        var sender = new Caller { Tenant = workflow.Tenant, Name = "Webhook" };
        var (kept, isDelivery) = DeliveryId.Of(http.Request.Headers, posted, workflow.Webhook, key);
        var call = new ApiCall
        {
            // an id can be written in several ways, and the delivery is the same
            Path = "/webhooks/" + ShownId.Workflow(workflow.Id), Http = http, Dialect = dialect, Caller = sender,
            Body = body, BaseUrl = own.Of(http.Request),
            IdempotencyKey = kept, IsDelivery = isDelivery,
        };
        return await idempotency.RunAsync(call, c => StartAsync(c, workflow, payload, files, answer), http.RequestAborted);
    }

    private async Task<ApiAnswer> StartAsync(
        ApiCall call, ActiveWorkflow workflow, JsonElement payload, IReadOnlyList<NewDocument> files, WebhookAnswer answer)
    {
        try
        {
            return await call.DoAsync<WebhookOutcome>(async keep => await start.ByWebhookAsync(workflow.Id, payload, keep,
                files.Count == 0 ? null : new PostedDocuments(files, sizes.DocumentBytes, events), call.Aborted),
                outcome => Awaiting(call.Dialect, workflow, outcome, answer(workflow.Id, outcome, call.BaseUrl)));
        }
        catch (StartRefusedException e) when (e.IsFull)
        {
            return call.Dialect.Refuse(ApiProblem.NoRoom(sizes.Documents));
        }
    }

    // what is kept for the delivery is that the run was started: it is known with it, and what the run answers is not
    private static ApiAnswer Awaiting(IDialect dialect, ActiveWorkflow workflow, WebhookOutcome outcome, ApiAnswer started) =>
        workflow.Webhook.LongestWait is { } longest && outcome.Run is { } run
            ? started with { Awaited = new AwaitedRun(workflow.Id, workflow.Tenant, run.RunId, longest, dialect) }
            : started;

    private ValueTask<bool> IsSignedAsync(HttpContext http, ActiveWorkflow workflow, SignatureSettings signature, ReadOnlyMemory<byte> body)
    {
        var headers = http.Request.Headers;
        return posts.IsGoodAsync(
            workflow, signature, name => headers.TryGetValue(name, out var values) && values is [var only] ? only : null, body,
            http.RequestAborted);
    }

    private async ValueTask<ActiveWorkflow?> FindAsync(HttpContext http) =>
        ShownId.TryRead((string?)http.Request.RouteValues["id"], out var id)
            && await workflows.FindAsync(id, http.RequestAborted) is { TakesWebhooks: true } workflow ? workflow : null;

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
