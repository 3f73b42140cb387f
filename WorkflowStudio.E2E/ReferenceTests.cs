using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>The reference of the API: whoever opens it reads and tries it, and no other server hears of that.</summary>
public sealed class ReferenceTests(StudioFixture studio) : BrowserTest(studio)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Reference_IsReadAndTriedFromThisServerAlone(ColorScheme prefers)
    {
        var page = (await OpenWindowAsync(prefers: prefers)).Page;
        await page.GotoAsync("/sign-in");
        var (foreign, errors, own) = (new List<string>(), new List<string>(), Server.Address.GetLeftPart(UriPartial.Authority));
        page.Request += (_, asked) =>
        {
            if (!asked.Url.StartsWith(own, StringComparison.Ordinal) && asked.Url.StartsWith("http", StringComparison.Ordinal))
                foreign.Add(asked.Url);
        };
        await page.GetByRole(AriaRole.Link, new() { Name = "API reference" }).ClickAsync();
        page.Console += (_, said) =>
        {
            if (said.Type == "error") errors.Add(said.Text);
        };
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "WorkflowStudio: Graph" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).Last.ClickAsync();
        await Expect(page.GetByText("unauthorized").Last).ToBeVisibleAsync();

        Assert.Empty(foreign);
        // the browser's own word for the refusal
        Assert.DoesNotContain(errors, e => !e.Contains("401", StringComparison.Ordinal));
    }
}
