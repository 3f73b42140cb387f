using System.Net.Sockets;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// One quiet try more where the connection was refused or cut off before an answer began: a server that is just starting, or one that ends
/// while it is called. It is the same request with the same key of the effect. A POST or PATCH that was taken whole and answered by a
/// connection that is closed in order has most likely done what it should: whether it is sent again is for the retry policy of its step.
/// </summary>
internal sealed class HttpSecondTry(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // the handler below sends what has no body up to four times, whatever its method, where connections are closed without an answer
        if (DoesMoreEachTime(request)) request.Content ??= new ByteArrayContent([]);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (IsWorthAnother(request, e))
        {
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private static bool IsWorthAnother(HttpRequestMessage request, HttpRequestException e)
    {
        var socket = CallProblem.CauseOf<SocketException>(e)?.SocketErrorCode;
        return socket is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.ConnectionAborted
            or SocketError.Shutdown
            || CallProblem.IsClosedInHandshake(e)
            || (e.HttpRequestError == HttpRequestError.ResponseEnded && request.Content is not null && !DoesMoreEachTime(request));
    }

    // RFC 9110, 9.2.2: the others are meant to come to the same however often they are sent
    private static bool DoesMoreEachTime(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch;
}
