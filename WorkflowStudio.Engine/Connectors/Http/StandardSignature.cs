using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// Signs a post as Standard Webhooks has it (standardwebhooks.com, 1.0.0): its id, its time and its body, by each secret that
/// counts.
/// </summary>
internal static class StandardSignature
{
    private const string Prefix = "whsec_";

    /// <summary>The headers <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>.</summary>
    /// <param name="id">The id of the post, the same when it is sent again.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="body">The body.</param>
    /// <param name="keys">The keys of the secrets.</param>
    public static Dictionary<string, string> Headers(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<byte[]> keys)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signatures = new List<string>();
        foreach (var key in keys) signatures.Add("v1," + Convert.ToBase64String(Mac(key, $"{id}.{time}.", body)));
        return new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = time,
            ["webhook-signature"] = string.Join(' ', signatures),
        };
    }

    /// <summary>The key that a secret stands for, base64 with or without <c>whsec_</c> before it; null when it stands for none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length > 0 ? key[..length] : null;
    }

    /// <summary>The HMAC-SHA256 of a text and the bytes behind it.</summary>
    public static byte[] Mac(byte[] key, string before, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(before));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
