using Microsoft.Playwright;
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
    public async Task FormThatIsFilledIn_KeepsWhatStandsInIt_UntilItsReaderLoadsThePage()
    {
        Forgive("Failed to fetch"); // of the server that is killed here
        await using var server = new StudioProcess();
        await server.StartAsync();
        var studio = await OpenWindowAsync(server);
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/properties");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a property" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("Half written");

        await server.KillAsync();
        await Expect(page.GetByText("Reconnecting to the server.")).ToBeVisibleAsync();
        await server.StartAsync();
        await Expect(page.GetByText("This page has lost its place on the server.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Half written");

        var anew = await page.MarkAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load the page again" }).First.ClickAsync();
        await anew.LoadedAsync();
        await Expect(page.GetByText("No properties yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task FirstVisit_TakesTheThemeThatTheSystemPrefers()
    {
        var studio = await OpenWindowAsync(prefers: ColorScheme.Dark);
        await studio.Page.GotoAsync("/sign-in");
        await Expect(studio.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var light = await OpenWindowAsync(prefers: ColorScheme.Light);
        await light.Page.GotoAsync("/sign-in");
        await Expect(light.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }
}
