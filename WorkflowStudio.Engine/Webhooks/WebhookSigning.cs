using System.Text;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// The head of a delivery: its id, its time, and two signatures, so that a receiver verifies the one of its dialect or that of Standard
/// Webhooks (standardwebhooks.com, 1.0.0). The key of the first is the secret as it was shown, that of the second what its base64 stands
/// for.
/// </summary>
internal static class WebhookSigning
{
    /// <param name="dialect">Which signature beside that of Standard Webhooks.</param>
    /// <param name="id">The id of the delivery, as it is shown.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="body">The body.</param>
    /// <param name="secrets">The secret, and the one before while it still counts.</param>
    public static IReadOnlyDictionary<string, string> Headers(
        WebhookDialect dialect, string id, DateTimeOffset at, byte[] body, IReadOnlyList<string> secrets)
    {
        var headers = StandardSignature.Headers(id, at, body, secrets.Select(WebhookSecret.Key));
        var time = headers["webhook-timestamp"];
        if (dialect == WebhookDialect.Services)
            headers["Softsolz-Signature"] = $"t={time},"
                + string.Join(',', secrets.Select(s => "v1=" + Mac(s, $"{time}.", body)));
        else
            headers["X-Webhook-Signature"] = Mac(secrets[0], "", body);
        return headers;
    }

    private static string Mac(string secret, string before, byte[] body) =>
        Convert.ToHexStringLower(StandardSignature.Mac(Encoding.UTF8.GetBytes(secret), before, body));
}
