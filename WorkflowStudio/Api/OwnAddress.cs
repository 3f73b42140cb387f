using System.Globalization;
using System.Net;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Api;

/// <summary>
/// Where clients reach this server. Named by <c>STUDIO_PUBLIC_URL</c>, every address in answers begins with it, and only requests to its
/// host or to this machine itself are served. Without it, it is what a request says, if that is a host at all.
/// </summary>
/// <param name="named">An absolute address without a slash at its end; null for none.</param>
internal sealed class OwnAddress(string? named)
{
    private readonly Uri? address = named is null ? null : new Uri(named);
    private readonly string? origin = named is null ? null : OriginOf(new Uri(named));
    private string? lastServed;

    /// <summary>What addresses in answers begin with, without a slash at its end.</summary>
    public string Of(HttpRequest request) => named ?? OriginOf(request) + request.PathBase;

    /// <summary>Whether a page of this origin is one of ours.</summary>
    public bool IsOwn(string page, HttpRequest request) => page == OriginOf(request) || page == origin;

    /// <summary>
    /// Whether a request that a cookie lets in may be believed: it comes from a page of ours or from no page. A cookie goes with what other
    /// pages ask for, too, and a web socket is not stopped by the same-origin policy.
    /// </summary>
    public bool IsFromOwnPage(HttpRequest request) => request.Headers.Origin.ToString() is not { Length: > 0 } page || IsOwn(page, request);

    /// <summary>Whether the host that a request names is ours.</summary>
    public bool Serves(HostString host)
    {
        if (!host.HasValue) return false;
        if (host.Value == lastServed) return true; // nearly all requests name the same one
        if (!IsHost(host) || !(address is null || IsNamed(host) || IsLoopback(host.Host))) return false;
        lastServed = host.Value;
        return true;
    }

    /// <summary>
    /// Makes a request look as if it had been sent to the named address, so that redirects, cookies and pages are made for it. One that
    /// asks this machine by itself, through no proxy, stays as it is: somebody sits at it.
    /// </summary>
    public void Adopt(HttpRequest request)
    {
        if (address is null || !(IsNamed(request.Host) || ProxyMarks.Has(request))) return;
        (request.Scheme, request.Host) = (address.Scheme, new HostString(origin![(address.Scheme.Length + 3)..]));
    }

    private static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    // as browsers write it: without the port of the scheme, and in ASCII
    private static string OriginOf(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var port = address.IsDefaultPort ? "" : ":" + address.Port.ToString(CultureInfo.InvariantCulture);
        return $"{address.Scheme}://{host}{port}";
    }

    private static bool IsHost(HostString host)
    {
        var port = host.Value!.AsSpan(host.Host.Length);
        return (port.IsEmpty
            || (port[0] == ':' && ushort.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 0))
            && Uri.CheckHostName(host.Host) != UriHostNameType.Unknown;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    private bool IsNamed(HostString host) =>
        host.Host.Equals(address!.Host, StringComparison.OrdinalIgnoreCase)
        || host.Host.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase);
}
