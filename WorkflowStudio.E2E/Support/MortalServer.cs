using System.Net.Sockets;

namespace WorkflowStudio.E2E.Support;

/// <summary>
/// Sends to a server that may die at any moment. Where it dies between the handshake and the first look at the connection the socket's own
/// error comes through; it means what every lost connection means.
/// </summary>
internal sealed class MortalServer : DelegatingHandler
{
    public MortalServer() => InnerHandler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(5) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new HttpRequestException("The server died while it was being called.", e);
        }
    }
}
