using System.Net.Sockets;
using System.Security.Authentication;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Tests.Connectors.Http;

/// <summary>Which calls are made twice without a word.</summary>
public sealed class HttpSecondTryTests
{
    [Theory]
    [InlineData("POST", SocketError.ConnectionRefused, null, 2)]
    [InlineData("POST", SocketError.ConnectionRefused, "body", 2)]
    [InlineData("POST", SocketError.ConnectionReset, "body", 2)]
    [InlineData("POST", SocketError.ConnectionReset, null, 2)]
    [InlineData("GET", SocketError.ConnectionReset, null, 2)]
    [InlineData("POST", SocketError.HostNotFound, "body", 1)]
    [InlineData("POST", SocketError.TimedOut, "body", 1)]
    public Task Send_FailedOnTheWire_IsTriedOnceMoreAtMost(string method, SocketError error, string? body, int tries) =>
        TriesAsync(
            tries, method, body, new HttpRequestException(HttpRequestError.ConnectionError, "wire", new SocketException((int)error)));

    [Theory]
    [InlineData("GET", null, 1)] // the client below has tried again
    [InlineData("DELETE", "body", 2)]
    [InlineData("OPTIONS", "body", 2)]
    [InlineData("PUT", "body", 2)]
    [InlineData("POST", "body", 1)] // taken whole, so that most likely it was done
    [InlineData("POST", null, 1)]
    [InlineData("PATCH", "body", 1)]
    public Task Send_ClosedInOrderWithoutAnAnswer_IsTriedOnceMoreWhereItDoesNothingTwice(string method, string? body, int tries) =>
        TriesAsync(tries, method, body,
            new HttpRequestException(HttpRequestError.ResponseEnded, "wire", new HttpIOException(HttpRequestError.ResponseEnded)));

    [Fact]
    public async Task Send_NoEncryption_IsTriedOnceMoreWhereTheConnectionWasClosedAlone()
    {
        await TriesAsync(2, "POST", "body", Insecure(new IOException("end of stream")));
        await TriesAsync(1, "POST", "body", Insecure(new AuthenticationException("no common algorithm")));
        await TriesAsync(1, "POST", "body", Insecure(new AuthenticationException("refused", new IOException("alert"))));
        await TriesAsync(1, "POST", "body", Insecure(new CallRefusedException("certificate_not_trusted", "It is not trusted.")));
    }

    private static HttpRequestException Insecure(Exception cause) => new(HttpRequestError.SecureConnectionError, "tls", cause);

    private static async Task TriesAsync(int tries, string method, string? body, HttpRequestException failure)
    {
        using var wire = new Wire(failure);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://a.test/")
        { Content = body is null ? null : new StringContent(body) };

        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpMessageInvoker(new HttpSecondTry(wire)).SendAsync(request, default));

        Assert.Equal(tries, wire.Tries);
    }

    private sealed class Wire(HttpRequestException failure) : HttpMessageHandler
    {
        public int Tries { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            return Task.FromException<HttpResponseMessage>(failure);
        }
    }
}
