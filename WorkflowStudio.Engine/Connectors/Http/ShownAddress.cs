namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>What of an address may be kept and shown: never a name and password in it, and never its query, which may hold a key.</summary>
public static class ShownAddress
{
    /// <summary>Scheme, host and port, where that is not the usual one.</summary>
    public static string Origin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The same with the path.</summary>
    public static string Of(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
