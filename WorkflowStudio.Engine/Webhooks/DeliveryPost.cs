using System.Globalization;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Diagnostics.Telemetry;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>One try of one delivery.</summary>
internal sealed class DeliveryPost(
    IHttpPosts posts, ISecretProtector protector, GuardedHttpOptions allowed, TimeProvider clock, DeliveryMetrics? metrics = null)
{
    /// <summary>How long the other side has.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public async Task<DeliveryOutcome> SendAsync(EndpointRow endpoint, DeliveryRow row, CancellationToken cancellationToken)
    {
        // what the operator allows may have changed since
        if (EndpointRules.AddressProblem(endpoint.Address, allowed) is { } wrong) return new DeliveryOutcome(null, wrong, null, null);
        if (Secrets(endpoint) is not { } secrets)
            return new DeliveryOutcome(
                null, "The endpoint's secret can no longer be read: the key ring is another one. Rotate the secret.", null, null);
        var body = WebhookBody.Of(row);
        var headers = WebhookSigning.Headers(row.Dialect, WebhookBody.ShownId(row.Id), clock.GetUtcNow(), body, secrets);
        var from = clock.GetTimestamp();
        var answer = await posts.PostAsync(new HttpPost(new Uri(endpoint.Address), headers, body, Timeout), cancellationToken);
        if (!answer.Has(out var reply, out var problem))
        {
            metrics?.Failed(problem.Code, clock.GetElapsedTime(from));
            return new DeliveryOutcome(null, problem.Message, null, null);
        }

        metrics?.Answered(reply.Status, clock.GetElapsedTime(from));
        return new DeliveryOutcome(reply.Status, ProblemOf(reply.Status, endpoint.Address), reply.Text, reply.RetryAfter);
    }

    // the newest first: that is the one that counts where there is room for one
    private List<string>? Secrets(EndpointRow endpoint)
    {
        if (protector.Unprotect(endpoint.ProtectedSecret) is not { } secret) return null;
        var secrets = new List<string> { secret };
        if (endpoint.ProtectedFormer is { } former && endpoint.FormerUntil > clock.GetUtcNow() && protector.Unprotect(former) is { } old)
            secrets.Add(old);
        return secrets;
    }

    private static string? ProblemOf(int status, string address)
    {
        if (status is >= 200 and < 300) return null;
        var answered = string.Create(CultureInfo.InvariantCulture, $"{new Uri(address).Host} answered {status}");
        return status switch
        {
            DeliveryOutcome.Gone => $"{answered}: it wants nothing more.",
            >= 300 and < 400 => $"{answered}, which leads elsewhere. Deliveries follow no redirect: change the endpoint's address.",
            _ => $"{answered}.",
        };
    }
}

/// <summary>What a try came to.</summary>
/// <param name="Status">The status of the answer; null when there was none.</param>
/// <param name="Problem">Why it did not arrive; null when it did.</param>
/// <param name="Answer">The beginning of the answer.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone.</param>
internal sealed record DeliveryOutcome(int? Status, string? Problem, string? Answer, TimeSpan? RetryAfter)
{
    /// <summary>The status of whoever wants nothing more (RFC 9110, 15.5.11).</summary>
    public const int Gone = 410;
}
