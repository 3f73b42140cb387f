using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>
/// How a gateway with Twilio's interface signs what it posts: HMAC-SHA1 of the address and then of each parameter, name and value, sorted
/// by name, in Base64 (Twilio's documentation, "Webhooks Security").
/// </summary>
public static class TwilioSignature
{
    /// <summary>The header that holds it.</summary>
    public const string Header = "X-Twilio-Signature";

    /// <summary>The signature of a post.</summary>
    public static string Of(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(f => f.Key, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal))
            signed.Append(name).Append(value);
#pragma warning disable CA5350 // the gateway's own scheme
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    /// <summary>Whether a signature is that of a post, compared in a time that tells nothing.</summary>
    public static bool IsGood(string token, string url, IEnumerable<KeyValuePair<string, string>> form, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Of(token, url, form)), Encoding.UTF8.GetBytes(given));
}
