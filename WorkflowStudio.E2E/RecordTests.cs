using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>What a practice keeps by hand: a list of theirs comes in, one is changed, and all goes out as a file.</summary>
public sealed class RecordTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string File = "Title;Reference;Price;City\nLoft;A-1;1,450;Houston\nCastle;A-2;lots;Dallas\n=1+1;A-3;900;Katy\n";

    [Fact]
    public async Task List_ComesIn_IsChanged_AndGoesOut()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/properties");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.Locator("input[type=file]")).ToBeEnabledAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        { Name = "list.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(File) });
        await Expect(page.GetByText("Price has to be a number")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 lines" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Link, new() { Name = "Loft" }).ClickAsync();
        await page.GetByLabel("Price").FillAsync("1400.50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("$1,400.50")).ToBeVisibleAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        var text = await System.IO.File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains(",'=1+1,A-3,", text, StringComparison.Ordinal);
        Assert.Contains(",Loft,A-1,available,rent,apartment,1400.5,usd,", text, StringComparison.Ordinal);
    }
}
