using Microsoft.Playwright;

namespace WorkflowStudio.E2E.Pages;

/// <summary>An approval as whoever has the link sees it.</summary>
internal sealed class ApprovalPage(IPage page)
{
    public ILocator Question => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Buttons => page.GetByRole(AriaRole.Button);

    public ILocator Comment => page.GetByLabel("Comment");

    public ILocator Outcome => page.Locator(".outcome");

    /// <summary>Why a decision was not taken.</summary>
    public ILocator Refusal => page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Alert);

    public Task DecideAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task ReloadAsync() => page.ReloadAsync();
}
