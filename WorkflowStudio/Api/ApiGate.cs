using System.Globalization;
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
    KeyRing keys, Idempotency idempotency, RequestLimits limits, OwnAddress address, StudioDatabase database, ILogger<ApiGate> log)
{
    /// <summary>
    /// Wraps a handler of a dialect. The operation asks for <paramref name="needs"/> too; here it keeps a stored answer from a key that
    /// could not have got it. A body has at most <paramref name="most"/> bytes.
    /// </summary>
    public RequestDelegate Keyed(
        IDialect dialect, Permission needs, Func<ApiCall, Task<ApiAnswer>> handler, int most = RequestBody.MaxBytes) =>
        http => RunAsync(dialect, needs, http, handler, most);

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

    private async Task RunAsync(
        IDialect own, Permission needs, HttpContext http, Func<ApiCall, Task<ApiAnswer>> handler, int most)
    {
        var dialect = own.For(http.Request);
        dialect.Head(http);
        var answer = await GuardedAsync(dialect, http, () => AnswerAsync(dialect, needs, http, handler, most));
        if (Preconditions.IsKnown(http.Request, answer))
            answer = new ApiAnswer(StatusCodes.Status304NotModified, default) { Tag = answer.Tag };
        try
        {
            await answer.WriteAsync(http.Response, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // the client has gone
        }
    }

    private async Task<ApiAnswer> AnswerAsync(
        IDialect dialect, Permission needs, HttpContext http, Func<ApiCall, Task<ApiAnswer>> handler, int most)
    {
        if (dialect.WhyNot(http.Request, address) is { } not) return dialect.Refuse(not);
        if (await CallerAsync(http) is not { } caller)
            return dialect.Refuse(KeyHeader.Of(http.Request) is null ? ApiProblem.NoKey : ApiProblem.Unauthorized);
        if (caller.KeyId is { } keyId && Limited(http, keyId) is > 0 and var seconds) return dialect.Refuse(ApiProblem.TooMany(seconds));
        if (caller.Refuse(needs) is { } refused) return dialect.Refuse(refused);
        var call = new ApiCall
        {
            Http = http,
            Dialect = dialect,
            Caller = caller,
            BaseUrl = address.Of(http.Request),
            MayStay = async () => await CallerAsync(http) is { } now && now.Refuse(needs) is null,
        };
        var method = http.Request.Method;
        if (HttpMethods.IsDelete(method))
            return Preconditions.TryReadIfMatch(http.Request, out var had)
                ? await handler(call with { Tags = had }) : dialect.Refuse(ApiProblem.BadTag);
        if (!HttpMethods.IsPost(method) && !HttpMethods.IsPut(method) && !HttpMethods.IsPatch(method)) return await handler(call);
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted, most) is not { } body)
            return dialect.Refuse(ApiProblem.LargerThan(most));
        if (!Preconditions.TryReadIfMatch(http.Request, out var tags)) return dialect.Refuse(ApiProblem.BadTag);
        if (!HttpMethods.IsPost(method)) return await handler(call with { Body = body, Tags = tags });
        if (!Idempotency.TryReadKey(http.Request.Headers, out var key)) return dialect.Refuse(ApiProblem.BadIdempotencyKey);
        return await idempotency.RunAsync(call with { Body = body, IdempotencyKey = key }, handler, http.RequestAborted);
    }

    // how much the key may still ask is told with every answer
    private int Limited(HttpContext http, Guid keyId)
    {
        var (left, seconds) = limits.Keys.Take(keyId);
        var headers = http.Response.Headers;
        headers["X-RateLimit-Limit"] = limits.Keys.Most.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = limits.Keys.Renewal.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return seconds;
    }

    private ValueTask<Caller?> CallerAsync(HttpContext http) =>
        KeyHeader.Of(http.Request) is { } key ? keys.AuthenticateAsync(key, http.Connection.RemoteIpAddress, http.RequestAborted) : default;
}
