namespace WorkflowStudio.Identity;

/// <summary>Tells requests that came through a proxy.</summary>
internal static class ProxyMarks
{
    // X-Original-For is what the middleware leaves of an X-Forwarded-For that it has believed
    private static readonly string[] Headers = ["X-Forwarded-For", "X-Original-For", "Forwarded", "Via"];

    public static bool Has(HttpRequest request) => Headers.Any(request.Headers.ContainsKey);
}
