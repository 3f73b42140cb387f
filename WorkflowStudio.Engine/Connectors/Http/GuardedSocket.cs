using System.Net;
using System.Net.Sockets;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// Connects to an address that was checked at that moment: a name that changes its address between a check and the call gains nothing.
/// </summary>
internal static class GuardedSocket
{
    /// <summary>The connection.</summary>
    /// <param name="options">The hosts inside the own network that may be called.</param>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AddressNotAllowedException">No address of the host is public.</exception>
    /// <exception cref="SocketException">Nothing answers.</exception>
    public static async Task<Socket> ConnectAsync(GuardedHttpOptions options, string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (!options.Allows(host, port)) addresses = [.. addresses.Where(PublicAddress.IsPublic)];
        if (addresses.Length == 0) throw new AddressNotAllowedException(host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
