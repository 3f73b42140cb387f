using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Triggers;

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
    /// What its answer is kept under; null where the sender does not say. It has a space, so that it is no Idempotency-Key.
    /// </summary>
    public static string? KeyOf(IHeaderDictionary headers, JsonElement payload, DeliveryIdSettings? own) =>
        Own(headers, payload, own) ?? Usual(headers) ?? OfStripe(headers, payload);

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
