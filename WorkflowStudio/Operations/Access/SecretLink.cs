using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Operations.Access;

/// <summary>The tokens of links that open something once: 32 random bytes, of which only the hash is kept.</summary>
internal static class SecretLink
{
    private const int Bytes = 32;

    /// <summary>A new token, as it stands in the link.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of a token; null for what cannot be one, whatever somebody sends.</summary>
    public static byte[]? HashOf(string? token) => token is { Length: Bytes * 2 } && token.All(char.IsAsciiHexDigitLower)
        ? SHA256.HashData(Encoding.ASCII.GetBytes(token))
        : null;
}
