namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// What a workflow may write into the head of an answer of this server. It speaks from the address at which people are signed in: what
/// would change their session, or what a browser may do there, is not for it.
/// </summary>
public static class AnswerHeaderRule
{
    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Language", "Content-Disposition", "Cache-Control", "Expires", "Last-Modified", "ETag", "Location", "Link",
        "Retry-After", "Vary",
    };

    // of those that begin with X-, what servers and proxies on the way act upon
    private static readonly string[] OfTheServer =
        ["X-Frame-Options", "X-Content-Type-Options", "X-RateLimit-", "X-Accel-", "X-Sendfile", "X-XSS-", "X-Permitted-", "X-DNS-"];

    /// <summary>Why this header cannot be sent; null when it can.</summary>
    public static string? Problem(string name, string value) =>
        HttpHeaderRule.Problem(name, value) ?? (IsAllowed(name)
            ? null
            : $"The header {name} is not for workflows to write: it may concern whoever is signed in here. Take it out, or name it X-….");

    private static bool IsAllowed(string name) => Allowed.Contains(name) || (name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(OfTheServer, o => name.StartsWith(o, StringComparison.OrdinalIgnoreCase)));
}
