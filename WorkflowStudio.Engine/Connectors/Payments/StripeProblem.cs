using System.Net;
using Stripe;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Payments;

/// <summary>Why Stripe did not do what it was asked, in words that a practice understands.</summary>
internal static class StripeProblem
{
    public static ConnectorProblem Of(string host, StripeException e)
    {
        if (CallProblem.CauseOf<HttpRequestException>(e) is { } call) return CallProblem.Of(host, call);
        var said = e.StripeError?.Message is { Length: > 0 } words ? $": {ShownText.OneLine(words).TrimEnd('.')}" : "";
        return e.HttpStatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new("payment_account", $"{host} did not let the studio in{said}. Enter the key again under Connections."),
            HttpStatusCode.PaymentRequired => new("payment_refused", $"The client's card was not charged{said}."),
            HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError =>
                new("payment_later", $"{host} cannot do it now ({(int)e.HttpStatusCode}{said}).", true)
                { RetryAfter = e.StripeResponse?.Headers?.RetryAfter?.Delta },
            0 => new("payment_later", $"{host} answered something that is none of Stripe's answers.", true),
            _ => new("payment_refused", $"{host} did not take it ({(int)e.HttpStatusCode}{said})."),
        };
    }
}
