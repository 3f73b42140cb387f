using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api;

/// <summary>
/// Which delivery a sender posts, where it says so: whoever gets no answer sends it again, and means the same. No id is refused, for a
/// delivery that is turned away is lost; one of any length counts, since its hash is kept.
/// </summary>
internal static class DeliveryId
{
    private const string Stripe = "Stripe-Signature";

    private static readonly string[] Known = ["webhook-id", "X-GitHub-Delivery", "X-Shopify-Webhook-Id"];

    /// <summary>
    /// What the answer is kept under, and whether that names a delivery; null where the sender says nothing. What names one has a space, so
    /// that it is no Idempotency-Key. Of a signed post that counts first what was signed: whoever repeats it could change the rest.
    /// </summary>
    /// <param name="headers">The headers of the post.</param>
    /// <param name="body">What was posted, read.</param>
    /// <param name="rules">What the trigger asks for.</param>
    /// <param name="key">The Idempotency-Key.</param>
    public static (string? Key, bool IsDelivery) Of(IHeaderDictionary headers, JsonElement body, WebhookRules rules, string? key)
    {
        if (rules.Signature is { } signature && Signed(headers, body, signature, rules.DeliveryId) is { } signed) return (signed, true);
        if (key is not null) return (key, false);
        var found = Own(headers, body, rules.DeliveryId) ?? Usual(headers) ?? OfStripe(headers, body);
        return (found, found is not null);
    }

    private static string? Signed(
        IHeaderDictionary headers, JsonElement body, SignatureSettings signature, DeliveryIdSettings? own) => signature.Scheme switch
        {
            null or SignatureScheme.Header => null,
            _ when own?.Field is { Length: > 0 } field && OfField(body, field) is { } named => named,
            SignatureScheme.Standard => OfHeader(headers, "webhook-id"),
            SignatureScheme.Stripe => OfField(body, "id"),
            _ => null,
        };

    private static string? Own(IHeaderDictionary headers, JsonElement payload, DeliveryIdSettings? own) => own is null
        ? null
        : (own.Header is { Length: > 0 } header ? OfHeader(headers, header) : null)
            ?? (own.Field is { Length: > 0 } field ? OfField(payload, field) : null);

    private static string? Usual(IHeaderDictionary headers)
    {
        foreach (var name in Known)
            if (OfHeader(headers, name) is { } key) return key;
        return null;
    }

    // no other sender is known to mean a delivery by the field id
    private static string? OfStripe(IHeaderDictionary headers, JsonElement payload) =>
        headers.ContainsKey(Stripe) ? OfField(payload, "id") : null;

    private static string? OfHeader(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var value) ? Key(name.ToLowerInvariant(), value.ToString().Trim()) : null;

    private static string? OfField(JsonElement payload, string path)
    {
        foreach (var name in path.Split('.'))
            if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(name, out payload)) return null;
        return payload.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Key("body." + path, payload.ToString()) : null;
    }

    private static string? Key(string kind, string id) =>
        id.Length == 0 ? null : $"{kind} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
}
