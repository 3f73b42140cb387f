using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WorkflowStudio.Engine.Connectors;
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

    [Fact]
    public void Of_AConnectionClosedBeforeEncryption_IsWorthAnotherTry() => Assert.Equal(
        new ConnectorProblem("connection_closed", "a.test closed the connection while encryption was being agreed on. Try again; if it "
            + "stays so, see whether the address should begin with http://.", true),
        CallProblem.Of(
            "a.test", new HttpRequestException(HttpRequestError.SecureConnectionError, "tls", new IOException("end of stream"))));

    [Fact]
    public async Task Execute_ConnectionClosedBeforeEncryption_IsTriedOnceMore()
    {
        using var closing = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closing.Start();
        var connections = 0;
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await closing.AcceptTcpClientAsync();
                _ = await client.GetStream().ReadAsync(new byte[16 * 1024]); // the hello, all of it: else it would be a reset
                connections++;
            }
        });
        using var unused = new LocalServer(_ => "");
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(unused,
            $$"""{"url":"https://localhost:{{((System.Net.IPEndPoint)closing.LocalEndpoint).Port}}","method":"POST","body":{"a":1} }""")
            .RunAsync());
        closing.Stop();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(("connection_closed", true, 2), (failed.Code, failed.Retryable, connections));
    }

    [Fact]
    public async Task Execute_NoConnectionInTime_IsNotAnAnswerThatIsLate()
    {
        using var silent = new LocalServer(_ => ""); // it waits for the end of a head, which the hello of TLS has not
        using var http = new GuardedHttp(
            new GuardedHttpOptions { AllowedHosts = ["localhost"], ConnectTimeout = TimeSpan.FromMilliseconds(100) });
        var refused = await Assert.ThrowsAsync<CallRefusedException>(() => http.Client.GetAsync(silent.SecureUrl));

        Assert.Equal(new ConnectorProblem("unreachable",
            "There was no connection to localhost within 0.1 s. See whether the address is right and the other side is running.", true),
            CallProblem.Of("localhost", refused));
    }

    [Fact]
    public async Task Execute_AnswerThatIsLate_IsATimeout()
    {
        using var slow = new TcpListener(System.Net.IPAddress.Loopback, 0); // it takes connections and says nothing
        slow.Start();
        using var unused = new LocalServer(_ => "");
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(unused,
            $$"""{"url":"http://localhost:{{((System.Net.IPEndPoint)slow.LocalEndpoint).Port}}","timeout_seconds":1}""").RunAsync());

        Assert.Equal(("timeout", true), (failed.Code, failed.Retryable));
    }

    [Fact]
    public async Task Execute_HeadOfAnAnswerOverTheLimit_IsToldAsThat()
    {
        using var server = new LocalServer(_ => LocalServer.Status(200, $"X-Long: {new string('x', 40 * 1024)}\r\n"));
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, "{}").RunAsync());

        Assert.Equal(("response_too_large", false), (failed.Code, failed.Retryable));
        Assert.Equal(
            "The answer of localhost cannot be read: its headers are longer than 32 KiB. Ask whoever runs it for fewer or shorter ones.",
            failed.Message);
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

    [Theory]
    [InlineData("""{"method":"PUT","body":{"a":1}}""")]
    [InlineData("""{"method":"DELETE"}""")]
    [InlineData("{}")]
    public async Task Execute_ConnectionClosedBeforeAnAnswer_IsTriedOnceMoreWithTheSameKey(string settings)
    {
        var seen = new List<string>();
        using var server = new LocalServer(request =>
        {
            seen.Add(request);
            return seen.Count == 1 ? [] : Encoding.UTF8.GetBytes(LocalServer.Ok("{}"));
        });
        await new HttpStepCall(server, settings).OutputAsync();

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(settings != "{}", seen[1].Contains("Idempotency-Key: run/step\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"method":"PUT","body":{"a":1}}""", 2)]
    [InlineData("""{"method":"POST","body":{"a":1}}""", 1)] // it was taken whole: whether it is sent again is for the step's retries
    [InlineData("""{"method":"PATCH","body":{"a":1}}""", 1)]
    [InlineData("""{"method":"POST"}""", 1)]
    public async Task Execute_ConnectionClosedAgain_Fails(string settings, int requests)
    {
        using var server = new LocalServer(_ => Array.Empty<byte>());
        var failed = Assert.IsType<NodeOutcome.Failed>(await new HttpStepCall(server, settings).RunAsync());

        Assert.Equal(("connection_closed", true, requests), (failed.Code, failed.Retryable, server.Requests));
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

    private static DateTimeOffset Day(string text) =>
        DateTimeOffset.Parse(text + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
