using Microsoft.Playwright;

namespace WorkflowStudio.E2E.Pages;

/// <summary>A run: status, graph, log.</summary>
internal sealed class RunPage(IPage page)
{
    public ILocator Status => page.GetByRole(AriaRole.Banner).Or(page.Locator("header.head")).GetByRole(AriaRole.Status).First;

    public ILocator LogLines => page.GetByRole(AriaRole.Log).Locator(".line");

    public ILocator Log => page.GetByRole(AriaRole.Log);

    /// <summary>A step on the canvas.</summary>
    public ILocator Step(string id) => page.Locator($".react-flow__node[data-id='{id}']");

    /// <summary>A step on the canvas that is done.</summary>
    public ILocator DoneStep(string id) => page.Locator($".react-flow__node[data-id='{id}'] .st-done");

    public Task WakeNowAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Wake now" }).First.ClickAsync();

    /// <summary>Says yes to the question whether it is meant.</summary>
    public Task ConfirmAsync(string yes) => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();

    /// <summary>The texts of the log, in order.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync() => await LogLines.Locator(".text").AllInnerTextsAsync();
}
