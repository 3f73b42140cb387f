using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Webhooks.Inbound;

/// <summary>
/// Whether a post to a webhook is signed as its trigger asks: over the bytes as they came, and compared in constant time. Standard Webhooks
/// 1.0.0; GitHub, "Validating webhook deliveries"; Stripe, "Verify manually"; Shopify, "Verify the origin of the webhook".
/// </summary>
public static class PostSignature
{
    private const int MacBytes = 32;

    /// <summary>The headers that hold a signature or what is signed with it, in lower case.</summary>
    public static IReadOnlyList<string> HeadersOf(SignatureSettings settings) => settings.Scheme switch
    {
        SignatureScheme.Standard => ["webhook-id", "webhook-timestamp", "webhook-signature"],
        SignatureScheme.Github => ["x-hub-signature-256"],
        SignatureScheme.Stripe => ["stripe-signature"],
        SignatureScheme.Shopify => ["x-shopify-hmac-sha256"],
        _ => [settings.Header?.ToLowerInvariant() ?? ""],
    };

    /// <summary>Whether a secret can be used for a scheme; one that cannot would let nobody in.</summary>
    public static bool Fits(SignatureScheme scheme, string secret) => KeyOf(scheme, secret) is not null;

    /// <summary>Whether one of the secrets has signed the post.</summary>
    /// <param name="settings">What the trigger asks for.</param>
    /// <param name="header">The value of a header; null when it was not sent, or more than once.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="secrets">The secrets that count.</param>
    /// <param name="now">The time, for schemes that sign one.</param>
    public static bool IsGood(
        SignatureSettings settings, Func<string, string?> header, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets,
        DateTimeOffset now)
    {
        var scheme = settings.Scheme ?? SignatureScheme.Header;
        if (Read(settings, header) is not { } given || given.Macs.Count == 0) return false;
        if (given.Time is { } time && !IsFresh(time, settings.ToleranceSeconds, now)) return false;
        var good = false;
        foreach (var secret in secrets)
        {
            if (KeyOf(scheme, secret) is not { } key) continue;
            var expected = scheme == SignatureScheme.Header ? SHA256.HashData(key) : StandardSignature.Mac(key, given.Before, body);
            foreach (var mac in given.Macs) good |= CryptographicOperations.FixedTimeEquals(mac, expected);
        }

        return good;
    }

    private static Given? Read(SignatureSettings settings, Func<string, string?> header) => settings.Scheme switch
    {
        SignatureScheme.Standard => Standard(header),
        SignatureScheme.Github => header("X-Hub-Signature-256") is { } value
            && value.StartsWith("sha256=", StringComparison.Ordinal) ? new Given("", null, Hex([value["sha256=".Length..]])) : null,
        SignatureScheme.Stripe => header("Stripe-Signature") is { } value ? Stripe(value) : null,
        SignatureScheme.Shopify => header("X-Shopify-Hmac-Sha256") is { } value ? new Given("", null, Base64([value])) : null,
        // of texts of different lengths their hashes are compared: the time tells nothing of either
        SignatureScheme.Header => settings.Header is { Length: > 0 } name && header(name) is { Length: > 0 } value
            ? new Given("", null, [SHA256.HashData(Encoding.UTF8.GetBytes(value))])
            : null,
        _ => null,
    };

    private static Given? Standard(Func<string, string?> header)
    {
        if (header("webhook-id") is not { Length: > 0 } id || header("webhook-timestamp") is not { } time
            || header("webhook-signature") is not { } signatures) return null;
        var own = signatures.Split(' ').Where(s => s.StartsWith("v1,", StringComparison.Ordinal)).Select(s => s["v1,".Length..]);
        return new Given($"{id}.{time}.", time, Base64(own));
    }

    // t=1492774577,v1=5257a869…,v1=…; other versions are for others
    private static Given? Stripe(string value)
    {
        var parts = value.Split(',').Select(p => p.Trim()).ToList();
        return Of("t=") is [var time] ? new Given($"{time}.", time, Hex(Of("v1="))) : null;

        List<string> Of(string name) => [.. parts.Where(p => p.StartsWith(name, StringComparison.Ordinal)).Select(p => p[name.Length..])];
    }

    // replays from before, and what somebody made for later
    private static bool IsFresh(string time, int tolerance, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && Math.Abs(now.ToUnixTimeSeconds() - at) <= tolerance;

    private static byte[]? KeyOf(SignatureScheme scheme, string secret) => secret.Length == 0 ? null
        : scheme == SignatureScheme.Standard ? StandardSignature.KeyOf(secret)
        : Encoding.UTF8.GetBytes(secret);

    private static List<byte[]> Hex(IEnumerable<string> texts) => Macs(texts, static (text, mac) =>
        text.Length == 2 * MacBytes && Convert.FromHexString(text, mac, out _, out _) == OperationStatus.Done);

    private static List<byte[]> Base64(IEnumerable<string> texts) => Macs(texts, static (text, mac) =>
        text.Length == 44 && Convert.TryFromBase64String(text, mac, out var length) && length == MacBytes);

    private static List<byte[]> Macs(IEnumerable<string> texts, Func<string, byte[], bool> read)
    {
        var macs = new List<byte[]>();
        foreach (var text in texts)
        {
            var mac = new byte[MacBytes];
            if (read(text, mac)) macs.Add(mac);
        }

        return macs;
    }

    private sealed record Given(string Before, string? Time, List<byte[]> Macs);
}
