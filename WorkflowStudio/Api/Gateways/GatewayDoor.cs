using WorkflowStudio.Api.Routes;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Api.Gateways;

/// <summary>
/// Where a gateway of a workspace posts. It has no key: what it posts is signed, and what is not gets 403, whatever workspace it names.
/// </summary>
internal abstract class GatewayDoor(RequestLimits limits, ApiGate gate)
{
    /// <summary>The path before the workspace.</summary>
    protected abstract string Path { get; }

    public void Map(WebApplication app) => app.MapPost(Path + "{workspace}", AnswerAsync).OutsideOfPages();

    /// <summary>Takes a post; null where it is not signed as it has to be.</summary>
    protected abstract Task<ApiAnswer?> TakeAsync(HttpContext http, Guid workspace, ReadOnlyMemory<byte> body);

    /// <summary>An answer that says no more than its status, in the gateway's own form.</summary>
    protected abstract ApiAnswer Refused(int status);

    private async Task AnswerAsync(HttpContext http)
    {
        var answer = await gate.GuardedAsync(Practice.PracticeDialect.Instance, http, () => AnswerOnceAsync(http));
        await answer.WriteAsync(http.Response, http.RequestAborted);
    }

    private async Task<ApiAnswer> AnswerOnceAsync(HttpContext http)
    {
        var place = RequestLimits.PlaceOf(http.Connection.RemoteIpAddress);
        if (limits.Senders.SecondsToWait(place) is > 0 and var pause)
            return Refused(StatusCodes.Status429TooManyRequests) with { RetryAfter = pause };
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted) is not { } body)
            return Refused(StatusCodes.Status413PayloadTooLarge);
        return Guid.TryParse((string?)http.Request.RouteValues["workspace"], out var workspace)
            && await TakeAsync(http, workspace, body) is { } taken
                ? taken
                : Refused(StatusCodes.Status403Forbidden);
    }
}
