namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// What a workflow may write into the head of an answer of this server. It speaks from the address at which people are signed in: what
/// would change their session, or what a browser may do there, is not for it.
/// </summary>
public static class AnswerHeaderRule
{
    private static readonly HashSet<string> OfTheServer = new(StringComparer.OrdinalIgnoreCase)
    {
        "Set-Cookie", "Set-Cookie2", "Clear-Site-Data", "Service-Worker-Allowed", "Strict-Transport-Security", "X-Content-Type-Options",
        "X-Frame-Options", "Refresh", "Content-Encoding", "Alt-Svc", "Date", "Server", "WWW-Authenticate", "Idempotency-Replayed",
        "Permissions-Policy", "Referrer-Policy",
    };

    private static readonly string[] Families = ["Content-Security-Policy", "Access-Control-", "Cross-Origin-", "X-RateLimit-", "Sec-"];

    /// <summary>Why this header cannot be sent; null when it can.</summary>
    public static string? Problem(string name, string value) =>
        OfTheServer.Contains(name) || Array.Exists(Families, f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase))
            ? $"The header {name} is not for workflows to write: it concerns whoever is signed in here. Take it out."
            : HttpHeaderRule.Problem(name, value);
}
