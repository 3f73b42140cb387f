using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>Somebody who never saw a terminal connects an account elsewhere.</summary>
public sealed class ConnectionTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Connection_IsAdded_Tried_AndRemoved()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/connections");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a connection" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "HTTP API" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("journey");
        await page.GetByLabel("Address").FillAsync("not an address");
        await page.GetByLabel("Value of the header").FillAsync("Bearer abc");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("This has to be an address that begins with https://")).ToBeVisibleAsync();

        // a port of this machine, which the studio calls for nobody
        await page.GetByLabel("Address").FillAsync("http://127.0.0.1:9");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Test" }).ClickAsync();
        await Expect(page.GetByText("is not on the public internet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "journey", Exact = true }).ClickAsync();
        await Expect(page.GetByText("No workflow that you see uses it")).ToBeVisibleAsync();
        Assert.DoesNotContain("Bearer abc", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the connection" }).ClickAsync();
        await Expect(page.GetByText("Removed journey")).ToBeVisibleAsync();
    }
}
