using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var standard = secrets.Select(s => "v1," + Convert.ToBase64String(Mac(WebhookSecret.Key(s), $"{id}.{time}.", body)));
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = time,
            ["webhook-signature"] = string.Join(' ', standard),
        };
        if (dialect == WebhookDialect.Services)
            headers["Softsolz-Signature"] = $"t={time},"
                + string.Join(',', secrets.Select(s => "v1=" + Convert.ToHexStringLower(Mac(Encoding.UTF8.GetBytes(s), $"{time}.", body))));
        else
            headers["X-Webhook-Signature"] = Convert.ToHexStringLower(Mac(Encoding.UTF8.GetBytes(secrets[0]), "", body));
        return headers;
    }

    /// <summary>The HMAC-SHA256 of a text and the bytes behind it.</summary>
    internal static byte[] Mac(byte[] key, string before, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(before));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
