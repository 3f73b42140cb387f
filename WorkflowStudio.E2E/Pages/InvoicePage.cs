using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E.Pages;

/// <summary>An invoice as the client sees it.</summary>
internal sealed class InvoicePage(IPage page)
{
    public async Task PayAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay ") }).ClickAsync();
        await Expect(page.GetByText("Paid", new() { Exact = true }).First).ToBeVisibleAsync();
    }
}
