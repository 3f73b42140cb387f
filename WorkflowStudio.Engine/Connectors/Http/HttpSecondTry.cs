using System.Net.Sockets;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// One quiet try more where the connection was refused, or ended before an answer began: a server that is just starting, or one that closes a
/// connection while it is used. It is the same request with the same key of the effect.
/// </summary>
internal sealed class HttpSecondTry(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded
            || CallProblem.CauseOf<SocketException>(e) is { SocketErrorCode: SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown })
        {
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
