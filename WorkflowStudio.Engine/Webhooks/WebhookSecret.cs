using System.Security.Cryptography;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>Secrets of endpoints: <c>whsec_</c> and base64 of 32 random bytes (Standard Webhooks: 24 to 64).</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>The key that it stands for.</summary>
    internal static byte[] Key(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
