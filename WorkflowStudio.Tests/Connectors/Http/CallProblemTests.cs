using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Connectors.Http;

/// <summary>What goes wrong on the wire is told by what it was.</summary>
public sealed class CallProblemTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, HttpRequestError.ConnectionError, "connection_refused", true)]
    [InlineData(SocketError.HostNotFound, HttpRequestError.NameResolutionError, "unknown_host", true)]
    [InlineData(SocketError.TryAgain, HttpRequestError.ConnectionError, "unknown_host", true)]
    [InlineData(SocketError.ConnectionReset, HttpRequestError.Unknown, "connection_closed", true)]
    [InlineData(SocketError.NetworkUnreachable, HttpRequestError.ConnectionError, "unreachable", true)]
    [InlineData(null, HttpRequestError.NameResolutionError, "unknown_host", true)]
    [InlineData(null, HttpRequestError.ResponseEnded, "connection_closed", true)]
    [InlineData(null, HttpRequestError.SecureConnectionError, "no_secure_connection", false)]
    [InlineData(null, HttpRequestError.InvalidResponse, "not_http", false)]
    [InlineData(null, HttpRequestError.HttpProtocolError, "not_http", false)]
    [InlineData(null, HttpRequestError.ConfigurationLimitExceeded, "response_too_large", false)]
    [InlineData(null, HttpRequestError.ConnectionError, "unreachable", true)]
    [InlineData(null, HttpRequestError.Unknown, "call_failed", false)]
    public void Of_AnException_NamesWhatItWas(SocketError? socket, HttpRequestError error, string code, bool retryable)
    {
        var cause = socket is { } number ? new IOException("wire", new SocketException((int)number)) : null;
        var problem = CallProblem.Of("a.test", new HttpRequestException(error, "failed", cause));

        Assert.Equal((code, retryable), (problem.Code, problem.Retryable));
        Assert.Contains("a.test", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "2020-01-01", "2099-01-01", "nobody known here vouches for it", "another name")]
    [InlineData("other.test", "2020-01-01", "2099-01-01", "it is for another name, and nobody known here vouches for it", "run out")]
    [InlineData("localhost", "2020-01-01", "2020-02-01", "it has run out or is not valid yet (2020-01-01 to 2020-02-01)", "another name")]
    public async Task Execute_CertificateThatIsNotTrusted_SaysWhy(string name, string from, string to, string reason, string other)
    {
        using var certificate = Certificate(name, from, to);
        using var server = new LocalServer(_ => Encoding.UTF8.GetBytes(LocalServer.Ok("{}")), certificate);
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, $$"""{"url":"{{server.SecureUrl}}"}""").RunAsync());

        Assert.Equal(("certificate_not_trusted", false, ""), (failed.Code, failed.Retryable, server.LastRequest));
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(other, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_NoHttp_SaysSo()
    {
        using var server = new LocalServer(_ => "220 mail.test ready\r\n\r\n");

        Assert.Equal("not_http", Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}").RunAsync()).Code);
    }

    [Fact]
    public async Task Execute_ConnectionClosedBeforeAnAnswer_IsTriedOnceMoreWithTheSameKey()
    {
        var seen = new List<string>();
        using var server = new LocalServer(request =>
        {
            seen.Add(request);
            return seen.Count == 1 ? [] : Encoding.UTF8.GetBytes(LocalServer.Ok("{}"));
        });
        await new HttpStepCall(server, """{"method":"POST","body":{"a":1}}""").OutputAsync();

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.Contains("Idempotency-Key: run/step\r\n", seen[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_ConnectionClosedAgain_Fails()
    {
        using var server = new LocalServer(_ => Array.Empty<byte>());
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, """{"method":"POST","body":{"a":1}}""").RunAsync());

        Assert.Equal(("connection_closed", true, 2), (failed.Code, failed.Retryable, server.Requests));
    }

    [Fact]
    public async Task Execute_HalfAnAnswer_IsNotTriedAgain()
    {
        using var server = new LocalServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, """{"method":"POST"}""").RunAsync());

        Assert.Equal(("connection_closed", true, 1), (failed.Code, failed.Retryable, server.Requests));
    }

    private static X509Certificate2 Certificate(string name, string from, string to)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(Day(from), Day(to));
    }

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
