using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>Columns of a list that a person puts away.</summary>
public sealed class ColumnTests(StudioFixture studio) : BrowserTest(studio)
{
    [Theory]
    [InlineData(ColorScheme.Light, "/studio/runs", "Started by")]
    [InlineData(ColorScheme.Dark, "/studio/workflows", "Starts")]
    public async Task Column_PutAwayByKeyboard_StaysAwayInThisBrowser(ColorScheme prefers, string path, string column)
    {
        var studio = await OpenWindowAsync(prefers: prefers);
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync(path);
        var head = page.GetByRole(AriaRole.Columnheader, new() { Name = column, Exact = true });
        var box = page.GetByRole(AriaRole.Checkbox, new() { Name = column, Exact = true });
        await Expect(head).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(box).ToBeCheckedAsync();
        for (var tabs = 0; tabs < 6 && !await box.EvaluateAsync<bool>("box => box === document.activeElement"); tabs++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(box).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(head).Not.ToBeVisibleAsync();

        await studio.OpenAsync(path);
        await Expect(head).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await Expect(box).Not.ToBeCheckedAsync();
    }
}
