using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>Getting about while a page is still on its way to being live.</summary>
public sealed class NavigationTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task LinkThatIsClickedBeforeTheCircuitStands_OpensItsPage()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var page = studio.Page;
        var (asked, live) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await asked.Task; // the circuit begins once the next page was asked for
            await route.ContinueAsync();
        });
        await page.RouteAsync("**/runs", async route =>
        {
            asked.TrySetResult();
            if (!route.Request.IsNavigationRequest) await live.Task; // what would be merged into the page comes when the circuit stands
            await route.ContinueAsync();
        });

        await page.GotoAsync("/studio");
        await page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).First.ClickAsync();
        await Expect(page.Locator("[data-live=true]")).ToBeVisibleAsync();
        live.TrySetResult();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Runs" })).ToBeVisibleAsync();
        await Expect(page.Locator(".nav-item.active")).ToHaveCountAsync(1);
        await Expect(page.Locator(".nav-item.active")).ToContainTextAsync("Runs");
    }
}
