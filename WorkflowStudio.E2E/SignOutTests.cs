using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>Signing out ends the session, not only the cookie.</summary>
public sealed partial class SignOutTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task SigningOut_EndsTheOtherTabsOfTheSessionAndNoOtherSession()
    {
        var (studio, elsewhere) = (await OpenWindowAsync(), await OpenWindowAsync());
        await studio.SignInAsDemoOwnerAsync();
        await elsewhere.SignInAsDemoOwnerAsync();
        var tab = await studio.Page.Context.NewPageAsync();
        await tab.GotoAsync("/studio/runs");
        await Expect(tab.Locator("[data-live=true]")).ToBeVisibleAsync();

        await studio.OpenAsync("/studio");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Dana Whitfield" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(studio.Page).ToHaveURLAsync(AtSignIn());
        await Expect(tab).ToHaveURLAsync(AtSignIn());
        await elsewhere.OpenAsync("/studio/runs");
    }

    [GeneratedRegex("/sign-in")]
    private static partial Regex AtSignIn();
}
