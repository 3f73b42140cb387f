namespace WorkflowStudio.Api;

/// <summary>Where a request brings its key: the one reader of the header, for the API and for the hub.</summary>
internal static class KeyHeader
{
    private const string Scheme = "Bearer ";

    /// <summary>The key as it was sent; null where none was.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
