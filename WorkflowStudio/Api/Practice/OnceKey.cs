using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Api.Practice;

/// <summary>
/// What is asked for with an Idempotency-Key carries it to where it is written: it happens once even where the answer could not be kept.
/// </summary>
internal static class OnceKey
{
    /// <summary>The key of an effect that a request asks for; null without an Idempotency-Key.</summary>
    public static string? Of(ApiCall call) => call.IdempotencyKey is { } key
        ? "api:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Path}\n{key}")))[..40]
        : null;
}
