using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class StudioThemeTests : BunitContext, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Theory]
    [InlineData(null, true, true)] // a first visit: the script at the top of the page has chosen what the system prefers
    [InlineData(null, false, false)]
    [InlineData(false, true, false)] // what the cookie said holds
    [InlineData(true, false, true)]
    public async Task Agree_AsThePageWasDrawn_TakesTheCookieOrTheBrowser(bool? cookie, bool browser, bool dark)
    {
        var theme = Theme(browser);
        var changes = 0;
        theme.Changed += () => changes++;
        theme.Begin(cookie);

        await theme.AgreeAsync();

        Assert.Equal(dark, theme.Dark);
        Assert.Equal(cookie is null && dark ? 1 : 0, changes);
    }

    [Fact]
    public async Task Toggle_ALightPage_IsDarkHereAndInTheBrowser()
    {
        var theme = Theme(browserIsDark: false);
        theme.Begin(false);

        await theme.ToggleAsync();

        Assert.True(theme.Dark);
        Assert.Equal("dark", Assert.Single(JSInterop.Invocations["setTheme"]).Arguments[0]);
    }

    private StudioTheme Theme(bool browserIsDark)
    {
        var module = JSInterop.SetupModule("./browser.js");
        module.Setup<bool>("isDark").SetResult(browserIsDark);
        module.SetupVoid("setTheme", _ => true).SetVoidResult();
        Services.AddScoped<BrowserStore>().AddScoped<StudioTheme>();
        return Services.GetRequiredService<StudioTheme>();
    }
}
