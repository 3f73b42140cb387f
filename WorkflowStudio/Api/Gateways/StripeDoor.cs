using System.Text;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Gateways;

/// <summary>
/// Where Stripe posts what became of bills: JSON. What is taken, and what is none of ours, is answered with 200, so that it is not sent
/// again.
/// </summary>
internal sealed class StripeDoor(TakePaymentPost take, RequestLimits limits, ApiGate gate) : GatewayDoor(limits, gate)
{
    protected override string Path => GatewayCallbacks.Stripe;

    protected override async Task<ApiAnswer?> TakeAsync(HttpContext http, Guid workspace, ReadOnlyMemory<byte> body)
    {
        var signature = http.Request.Headers["Stripe-Signature"] is [{ } only] ? only : null;
        return await take.RunAsync(workspace, body, signature, http.RequestAborted)
            ? Json(StatusCodes.Status200OK, "{\"received\":true}")
            : null;
    }

    protected override ApiAnswer Refused(int status) => Json(status, "{\"received\":false}");

    private static ApiAnswer Json(int status, string text) =>
        new(status, Encoding.UTF8.GetBytes(text)) { ContentType = "application/json; charset=utf-8" };
}
