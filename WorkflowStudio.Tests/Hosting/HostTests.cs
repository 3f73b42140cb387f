using Microsoft.AspNetCore.Mvc.Testing;
using WorkflowStudio.Hosting;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Hosting;

[Collection(StudioAppTests.Name)]
public sealed class HostTests(StudioApp app)
{
    [Fact]
    public async Task Ready_NamesEachPart()
    {
        var reply = await Reply.OfAsync(await app.CreateClient().GetAsync("/health/ready"));
        Assert.Equal(["database", "engine"], reply.Json.GetProperty("parts").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("ready", reply.Json.GetProperty("parts").GetProperty("database").GetString());
        Assert.Equal(200, (await Reply.OfAsync(await app.CreateClient().GetAsync("/health/live"))).Status);
    }

    [Fact]
    public async Task Pages_NeedASignIn()
    {
        var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var reply = await Reply.OfAsync(await client.GetAsync("/workflows"));
        Assert.Equal((302, "/sign-in?returnUrl=%2Fworkflows"), (reply.Status, reply.Headers.Location!.PathAndQuery));
    }

    [Fact]
    public async Task Answers_CarryTheSecurityHeaders()
    {
        var reply = await Reply.OfAsync(await app.CreateClient().GetAsync("/sign-in"));
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public void DataFolder_OfARunningServer_IsLocked()
    {
        _ = app.Services;
        Assert.False(DataFolderLock.TryTake(app.DataFolder, out _, out _));
    }
}
