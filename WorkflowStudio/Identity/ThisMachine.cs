using System.Net;

namespace WorkflowStudio.Identity;

/// <summary>Whether somebody sits at the machine itself.</summary>
internal static class ThisMachine
{
    /// <summary>
    /// The request comes from this machine, through no proxy, and names this machine: a page elsewhere can have its own name lead here.
    /// </summary>
    public static bool Asks(HttpContext http) =>
        (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress))
        && (http.Request.Host.Host == "localhost"
            || (IPAddress.TryParse(http.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)))
        && !ProxyMarks.Has(http.Request);
}
