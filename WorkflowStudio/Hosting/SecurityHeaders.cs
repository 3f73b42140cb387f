namespace WorkflowStudio.Hosting;

/// <summary>The headers that keep a browser from doing what no page of ours asks for.</summary>
internal static class SecurityHeaders
{
    // Styles: MudBlazor writes its palette into the page, and it and React Flow place things with style attributes. Scripts: files of our
    // own, none inline. Connections: the circuit.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Lets a page run the one script that it holds, which carries this mark.</summary>
    public static void AllowScript(HttpResponse response, string nonce) => response.Headers.ContentSecurityPolicy =
        Policy.Replace("script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal);

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = Policy;
        return next(http);
    });
}
