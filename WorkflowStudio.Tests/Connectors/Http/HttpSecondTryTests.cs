using System.Net.Sockets;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Tests.Connectors.Http;

/// <summary>Which calls are made twice without a word.</summary>
public sealed class HttpSecondTryTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, null, 2)]
    [InlineData(SocketError.ConnectionRefused, "body", 2)]
    [InlineData(SocketError.ConnectionReset, "body", 2)]
    [InlineData(SocketError.ConnectionReset, null, 1)] // those the client below repeats itself
    [InlineData(SocketError.HostNotFound, "body", 1)]
    [InlineData(SocketError.TimedOut, "body", 1)]
    public async Task Send_FailedOnTheWire_IsTriedOnceMoreAtMost(SocketError error, string? body, int tries)
    {
        var wire = new Wire(error);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://a.test/") { Content = body is null ? null : new StringContent(body) };

        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpMessageInvoker(new HttpSecondTry(wire)).SendAsync(request, default));

        Assert.Equal(tries, wire.Tries);
    }

    private sealed class Wire(SocketError error) : HttpMessageHandler
    {
        public int Tries { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            return Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "wire", new SocketException((int)error)));
        }
    }
}
