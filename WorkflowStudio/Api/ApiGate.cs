using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Api;

/// <summary>
/// What every request with a key goes through: key, limit, scope, body, Idempotency-Key, then the dialect's handler; and no exception
/// reaches a client.
/// </summary>
internal sealed class ApiGate(
    KeyRing keys, Idempotency idempotency, RequestLimits limits, OwnAddress own, StudioDatabase database, ILogger<ApiGate> log)
{
    /// <summary>
    /// Wraps a handler of a dialect. The operation asks for <paramref name="needs"/> too; here it keeps a stored answer from a key that
    /// could not have got it.
    /// </summary>
    public RequestDelegate Keyed(IDialect dialect, Permission needs, Func<ApiCall, Task<ApiAnswer>> handler) =>
        http => RunAsync(dialect, needs, http, handler);

    /// <summary>Turns an exception into the dialect's 500.</summary>
    public async Task<ApiAnswer> GuardedAsync(IDialect dialect, HttpContext http, Func<Task<ApiAnswer>> work)
    {
        try
        {
            return await work();
        }
        catch (BadHttpRequestException e)
        {
            return dialect.Refuse(ApiProblem.BrokenRequest(e.StatusCode));
        }
        catch (Exception e) when (database.FaultOf(e) is { } fault)
        {
            return dialect.Refuse(ApiProblem.Unwritable(fault));
        }
        catch (StoreAwayException)
        {
            return dialect.Refuse(ApiProblem.Unavailable);
        }
        catch (Exception e) when (e is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            // encoded: a path can hold line breaks
            log.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path.ToUriComponent());
            return dialect.Refuse(ApiProblem.Internal);
        }
    }

    private async Task RunAsync(IDialect dialect, Permission needs, HttpContext http, Func<ApiCall, Task<ApiAnswer>> handler)
    {
        var answer = await GuardedAsync(dialect, http, () => AnswerAsync(dialect, needs, http, handler));
        try
        {
            await answer.WriteAsync(http.Response, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // the client has gone
        }
    }

    private async Task<ApiAnswer> AnswerAsync(IDialect dialect, Permission needs, HttpContext http, Func<ApiCall, Task<ApiAnswer>> handler)
    {
        if (await CallerAsync(http) is not { } caller) return dialect.Refuse(ApiProblem.Unauthorized);
        var seconds = caller.KeyId is { } keyId ? limits.Keys.SecondsToWait(keyId) : 0;
        if (seconds > 0) return dialect.Refuse(ApiProblem.TooMany(seconds));
        if (caller.Refuse(needs) is { } refused) return dialect.Refuse(refused);
        var call = new ApiCall
        {
            Http = http,
            Dialect = dialect,
            Caller = caller,
            BaseUrl = own.Of(http.Request),
            MayStay = async () => await CallerAsync(http) is { } now && now.Refuse(needs) is null,
        };
        if (!HttpMethods.IsPost(http.Request.Method)) return await handler(call);
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted) is not { } body) return dialect.Refuse(ApiProblem.TooLarge);
        if (!Idempotency.TryReadKey(http.Request.Headers, out var key)) return dialect.Refuse(ApiProblem.BadIdempotencyKey);
        return await idempotency.RunAsync(call with { Body = body, IdempotencyKey = key }, handler, http.RequestAborted);
    }

    private ValueTask<Caller?> CallerAsync(HttpContext http) =>
        KeyHeader.Of(http.Request) is { } key ? keys.AuthenticateAsync(key, http.RequestAborted) : default;
}
