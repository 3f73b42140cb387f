using System.Net;
using System.Net.Sockets;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Foretells what <see cref="GuardedHttp"/> will refuse, for whoever looks after the server.</summary>
public static class OwnNetwork
{
    /// <summary>
    /// Whether calls to this address will be refused because it lies in the own network and is not allowed. A name that nobody knows is not
    /// foretold.
    /// </summary>
    public static async Task<bool> RefusesAsync(Uri endpoint, GuardedHttpOptions options, CancellationToken cancellationToken)
    {
        if (options.Allows(endpoint.IdnHost, endpoint.Port)) return false;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(endpoint.IdnHost, cancellationToken);
            return addresses.Length > 0 && !Array.Exists(addresses, PublicAddress.IsPublic);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
