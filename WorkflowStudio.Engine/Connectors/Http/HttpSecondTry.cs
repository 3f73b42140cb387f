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
        catch (HttpRequestException e) when (IsWorthAnother(request, e))
        {
            return await base.SendAsync(request, cancellationToken);
        }
    }

    // where a request has no body and not a byte came back, the handler below has tried again already
    private static bool IsWorthAnother(HttpRequestMessage request, HttpRequestException e)
    {
        var socket = CallProblem.CauseOf<SocketException>(e)?.SocketErrorCode;
        var isClosed = e.HttpRequestError == HttpRequestError.ResponseEnded || socket is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;
        return socket == SocketError.ConnectionRefused || (isClosed && request.Content is not null);
    }
}
