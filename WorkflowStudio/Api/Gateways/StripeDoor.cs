using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Gateways;

/// <summary>
/// Where Stripe posts what became of bills: JSON, signed. What is taken, and what is none of ours, is answered with 200, so that it is not
/// sent again; what is not signed gets 403, whatever workspace it names.
/// </summary>
internal sealed class StripeDoor(TakePaymentPost take, RequestLimits limits, ApiGate gate)
{
    public void Map(WebApplication app) =>
        app.MapPost(PaymentCallbacks.Path + "{workspace}", AnswerAsync).OutsideOfPages();

    private async Task AnswerAsync(HttpContext http)
    {
        var answer = await gate.GuardedAsync(Practice.PracticeDialect.Instance, http, () => TakeAsync(http));
        await answer.WriteAsync(http.Response, http.RequestAborted);
    }

    private async Task<ApiAnswer> TakeAsync(HttpContext http)
    {
        var place = RequestLimits.PlaceOf(http.Connection.RemoteIpAddress);
        if (limits.Senders.SecondsToWait(place) is > 0 and var pause)
            return Plain(StatusCodes.Status429TooManyRequests) with { RetryAfter = pause };
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted) is not { } body)
            return Plain(StatusCodes.Status413PayloadTooLarge);
        var signature = http.Request.Headers["Stripe-Signature"] is [{ } only] ? only : null;
        return Guid.TryParse((string?)http.Request.RouteValues["workspace"], out var workspace)
            && await take.RunAsync(workspace, body, signature, http.RequestAborted)
                ? Plain(StatusCodes.Status200OK, "{\"received\":true}")
                : Plain(StatusCodes.Status403Forbidden);
    }

    private static ApiAnswer Plain(int status, string text = "{\"received\":false}") =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text)) { ContentType = "application/json; charset=utf-8" };
}
