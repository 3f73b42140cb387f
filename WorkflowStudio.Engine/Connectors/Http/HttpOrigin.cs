namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Scheme, host and port of an address: what a secret belongs to (RFC 6454, section 4).</summary>
internal static class HttpOrigin
{
    public static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
