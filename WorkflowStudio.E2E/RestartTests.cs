using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>What an open page does when its server goes away and comes back, and how a first visit looks.</summary>
public sealed class RestartTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task OpenPage_LoadsItselfAgainAfterARestart()
    {
        await using var server = new StudioProcess();
        await server.StartAsync();
        var studio = await OpenWindowAsync(server);
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/runs");
        var anew = await studio.Page.MarkAsync();

        await server.KillAsync();
        await Expect(studio.Page.GetByText("Reconnecting to the server.")).ToBeVisibleAsync();
        await server.StartAsync();

        await anew.LoadedAsync();
        await Expect(studio.Page.Locator("[data-live=true]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task FirstVisit_TakesTheThemeThatTheSystemPrefers()
    {
        var studio = await OpenWindowAsync(prefers: Microsoft.Playwright.ColorScheme.Dark);
        await studio.Page.GotoAsync("/sign-in");
        await Expect(studio.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var light = await OpenWindowAsync(prefers: Microsoft.Playwright.ColorScheme.Light);
        await light.Page.GotoAsync("/sign-in");
        await Expect(light.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }
}
