using System.Net;
using Microsoft.AspNetCore.Http;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Tests.Identity;

public sealed class SessionPlaceTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
        "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
        "Safari on macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML) CriOS/130.0 Mobile Safari/604.1",
        "Chrome on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
        "Chrome on Android")]
    [InlineData("<script>alert(1)</script> Linux", "A browser on Linux")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("", "A browser")]
    [InlineData(null, "A browser")]
    public void Browser_IsToldInWords(string? agent, string words) => Assert.Equal(words, SessionPlace.Words(agent));

    [Theory]
    [InlineData(null, "")]
    [InlineData("127.0.0.1", "this machine")]
    [InlineData("::1", "this machine")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void Address_IsThatOfTheConnection(string? address, string words)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Headers.UserAgent = new string('x', 100_000);
        Assert.Equal((words, "A browser"), (SessionPlace.Of(http).Address, SessionPlace.Of(http).Browser));
    }
}
