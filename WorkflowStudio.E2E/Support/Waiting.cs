using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E.Support;

/// <summary>What takes its time on a loaded machine, waited for in one way by all tests.</summary>
internal static class Waiting
{
    /// <summary>
    /// Closes a dialog or a side sheet as soon as it is seen, and waits until it is gone: until then the keys are its own.
    /// </summary>
    public static async Task CloseByEscapeAsync(this ILocator dialog)
    {
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>Marks what the window shows now, to tell it from the same page loaded again.</summary>
    public static async Task<MarkedPage> MarkAsync(this IPage page)
    {
        await page.EvaluateAsync("document.body.dataset.before = 'yes'");
        return new MarkedPage(page.Locator("body[data-before]"));
    }
}

/// <summary>A page that was marked.</summary>
internal sealed class MarkedPage(ILocator mark)
{
    /// <summary>Waits until another page has taken its place.</summary>
    public Task LoadedAsync() => Expect(mark).ToHaveCountAsync(0, new() { Timeout = (float)StudioProcess.Patience.TotalMilliseconds });

    /// <summary>It is still the same page.</summary>
    public Task NotLoadedAsync() => Expect(mark).ToHaveCountAsync(1);
}
