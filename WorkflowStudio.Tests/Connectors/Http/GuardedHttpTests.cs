using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Connectors.Http;

public sealed class GuardedHttpTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("2130706433")]
    public async Task Get_HouseAddress_IsRefusedBeforeConnecting(string host)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var http = new GuardedHttp(new GuardedHttpOptions());
        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.Client.GetAsync($"http://{host}:{server.Port}/"));

        Assert.IsType<AddressNotAllowedException>(refused.GetBaseException());
        Assert.EndsWith(
            "is not on the public internet, so the studio does not call it. Whoever runs the studio can allow it: STUDIO_ALLOWED_HOSTS is "
            + "a setting of the server, described in docs/operations.md.", refused.GetBaseException().Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Get_AllowedHost_IsCalled()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{\"a\":1}"));
        using var http = Allowing($"LOCALHOST:{server.Port}");

        Assert.Equal("{\"a\":1}", await http.Client.GetStringAsync(server.Url));
    }

    [Fact]
    public async Task Get_AllowedOnAnotherPort_IsRefused()
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var http = Allowing("localhost:1");
        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.Client.GetAsync(server.Url));

        Assert.IsType<AddressNotAllowedException>(refused.GetBaseException());
    }

    [Fact]
    public async Task Get_RedirectIntoTheHouse_IsRefused()
    {
        using var inner = new LocalServer(_ => LocalServer.Ok("secret"));
        using var outer = new LocalServer(_ => LocalServer.Status(302, $"Location: http://127.0.0.1:{inner.Port}/\r\n"));
        using var http = Allowing("localhost");
        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.Client.GetAsync(outer.Url));

        Assert.IsType<AddressNotAllowedException>(refused.GetBaseException());
        Assert.Equal((1, 0), (outer.Requests, inner.Requests));
    }

    [Fact]
    public async Task Get_AnswerOverTheLimit_IsRefusedForStreamsToo()
    {
        using var server = new LocalServer(_ => LocalServer.Ok(new string('x', 2_000)));
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = ["localhost"], MaxResponseBytes = 1_000 });

        var refused = await Assert.ThrowsAsync<CallRefusedException>(
            () => http.Client.GetAsync(server.Url, HttpCompletionOption.ResponseHeadersRead));

        Assert.Equal("response_too_large", refused.Code);
    }

    [Fact]
    public async Task Get_GivenUpWhileItIsUnpacked_Ends()
    {
        using var stop = new CancellationTokenSource();
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[1_000]);
        using var client = new HttpMessageInvoker(new HttpAnswers(new Wire(packed.ToArray(), stop), 10_000));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://a.test/");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(request, stop.Token));
    }

    private static GuardedHttp Allowing(string host) => new(new GuardedHttpOptions { AllowedHosts = [host] });

    // gives up when all has come
    private sealed class Wire(byte[] packed, CancellationTokenSource stop) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new Content(packed, stop) { Headers = { ContentEncoding = { "gzip" } } } });
    }

    private sealed class Content(byte[] packed, CancellationTokenSource stop) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(packed);
            await stop.CancelAsync();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = packed.Length;
            return true;
        }
    }
}
