using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Options;
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
    // it would take the editor's kept changes for stored: reconnect.js loads it again
    public void PageWhoseCircuitIsGone_IsNotMadeAnewInPlace() =>
        Assert.Equal(0, app.Get<IOptions<CircuitOptions>>().Value.PersistedCircuitInMemoryMaxRetained);

    [Fact]
    public async Task PageBehindTheSignIn_HasTheSheetOfItsPartsInALayer()
    {
        using var client = await SignedIn.ClientAsync(app);
        const string Layers = "<style>@layer base, mud, own; @import url(\"_content/MudBlazor/MudBlazor.min.css\") layer(mud);</style>";
        Assert.Contains(Layers, await client.GetStringAsync(StudioUrls.Workflows), StringComparison.Ordinal);
        Assert.DoesNotContain("MudBlazor", await app.CreateClient().GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_NeedASignIn()
    {
        var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var reply = await Reply.OfAsync(await client.GetAsync(StudioUrls.Workflows));
        Assert.Equal((302, "/sign-in?returnUrl=%2Fstudio%2Fworkflows"), (reply.Status, reply.Headers.Location!.PathAndQuery));
    }

    [Fact]
    public async Task Answers_CarryTheSecurityHeaders()
    {
        var reply = await Reply.OfAsync(await app.CreateClient().GetAsync("/sign-in"));
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains(
            "frame-ancestors 'none'", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Production_BehindHttps_KeepsBrowsersOnIt()
    {
        var folder = Directory.CreateTempSubdirectory("studio-test-").FullName;
        await using (var production = app.WithWebHostBuilder(b => b.UseEnvironment("Production").UseSetting("data", folder)))
        {
            var client = production.CreateClient(
                new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://studio.example.com") });
            var reply = await Reply.OfAsync(await client.GetAsync("/sign-in"));
            Assert.Equal("max-age=31536000", Assert.Single(reply.Headers.GetValues("Strict-Transport-Security")));
            Assert.All(reply.Headers.GetValues("Set-Cookie"), c => Assert.Contains("; secure", c, StringComparison.Ordinal));
            Assert.DoesNotContain("demo owner", reply.Body, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("10.0.6", "Production", "The .NET runtime 10.0.6 accepts forged cookies. Install 10.0.7 or newer.")]
    [InlineData("10.0.7", "Production", null)]
    [InlineData("10.0.6", "Development", null)]
    public void Runtime_WithAKnownHole_IsForDevelopmentOnly(string runtime, string environment, string? refusal)
    {
        var host = new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = environment };
        Assert.Equal(refusal is null, SafeRuntime.IsSafe(Version.Parse(runtime), host, out var refused));
        Assert.Equal(refusal, refused?.Why);
    }

    [Fact]
    public void KeyRing_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(Path.Combine(app.DataFolder, "keys")).UnixFileMode);
    }

    [Fact]
    public void DataFolder_OfARunningServer_IsLocked()
    {
        _ = app.Services;
        Assert.False(DataFolderLock.TryTake(app.DataFolder, out _, out _));
    }
}
