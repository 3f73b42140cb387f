using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E.Pages;

/// <summary>The editor: palette, canvas, inspector, top bar.</summary>
internal sealed class EditorPage
{
    private readonly IPage page;

    private EditorPage(IPage page) => this.page = page;

    public ILocator Steps => page.Locator(".react-flow__node");

    public ILocator Links => page.Locator(".react-flow__edge");

    public ILocator Canvas => page.GetByTestId("canvas");

    /// <summary>The id of the workflow, from the address.</summary>
    public string WorkflowId => new Uri(page.Url).Segments[^2].TrimEnd('/');

    public ILocator Published => page.Locator(".topbar-chip").Filter(new() { HasText = "Published v" });

    /// <summary>What the head says of the draft, as people see it.</summary>
    public ILocator State => page.Locator(".topbar-state");

    public ILocator Problems => page.GetByRole(AriaRole.Region, new() { Name = "Problems", Exact = true });

    public ILocator Publish => page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true });

    /// <summary>The bar that offers changes which were not saved.</summary>
    public ILocator Offer => page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "not saved before this page was loaded" });

    /// <summary>There from when the browser was asked what it kept, and what it kept is shown.</summary>
    public ILocator OffersAsked => page.Locator(".editor-main[data-offers-asked]");

    /// <summary>The bar over the page that is there while the server is not.</summary>
    public ILocator Connection => page.Locator("#components-reconnect-modal");

    /// <summary>The field of the inspector that has the focus.</summary>
    public ILocator FocusedField => page.Locator(".inspector-body :focus");

    /// <summary>What Ctrl+F has found.</summary>
    public ILocator FoundSteps => page.GetByRole(AriaRole.Listbox, new() { Name = "Steps of this workflow" }).GetByRole(AriaRole.Option);

    /// <summary>The field of the workflow's name.</summary>
    public ILocator Name => page.GetByLabel("Name of the workflow");

    public async Task StartRenamingAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename the workflow" }).ClickAsync();
        await Expect(Name).ToBeFocusedAsync();
    }

    public Task BringBackAsync() => Offer.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();

    /// <summary>Presses the dead page's own button, and waits until that page is gone: what is looked for then is of the new one.</summary>
    public async Task LoadAgainAsync()
    {
        var anew = await page.MarkAsync();
        await Connection.GetByRole(AriaRole.Button, new() { Name = "Load the page again" }).ClickAsync();
        await anew.LoadedAsync();
    }

    /// <summary>Adds a value to a step that sets values, as a person does: a row, its name, its text.</summary>
    public async Task AddValueAsync(string name, string text)
    {
        var inspector = page.GetByRole(AriaRole.Complementary);
        await inspector.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).First.ClickAsync();
        var field = inspector.GetByLabel("Name of value 1", new() { Exact = true });
        await field.FillAsync(name);
        await field.BlurAsync();
        await Field(name).FillAsync(text);
    }

    /// <summary>Waits until the server has everything.</summary>
    public Task AllSavedAsync() =>
        Expect(State).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Saved \\d"), new() { UseInnerText = true });

    public static async Task<EditorPage> ReadyAsync(IPage page)
    {
        await Expect(page.Locator(".react-flow__node[data-id='trigger']")).ToBeVisibleAsync();
        return new EditorPage(page);
    }

    public ILocator Step(string id) => page.Locator($".react-flow__node[data-id='{id}']");

    public ILocator DoneStep(string id) => page.Locator($".react-flow__node[data-id='{id}'] .st-done");

    public ILocator Field(string label) => page.GetByRole(AriaRole.Complementary).GetByLabel(label, new() { Exact = true });

    public async Task SelectAsync(string id)
    {
        for (var left = 3; ; left--)
        {
            await Step(id).ClickAsync();
            try
            {
                // the inspector is about it
                await Expect(page.Locator($"[data-kept-step='{id}']")).ToBeAttachedAsync(new() { Timeout = 20_000 });
                return;
            }
            catch (PlaywrightException) when (left > 1)
            {
                // as people do when a click went nowhere
                await Canvas.Locator(".react-flow__pane").ClickAsync(new() { Position = new() { X = 4, Y = 4 } });
            }
        }
    }

    /// <summary>Drags a step type from the palette onto the canvas, at a place in it.</summary>
    public async Task DropAsync(string title, float x, float y) =>
        await page.GetByLabel("Steps to add").GetByRole(AriaRole.Button, new() { Name = title, Exact = true })
            .DragToAsync(Canvas.Locator(".react-flow__pane"), new() { TargetPosition = new() { X = x, Y = y } });

    /// <summary>Drops a step and answers its id.</summary>
    public async Task<string> DropNewAsync(string title, float x, float y)
    {
        var before = await IdsAsync();
        await DropAsync(title, x, y);
        await Expect(Steps).ToHaveCountAsync(before.Count + 1);
        return (await IdsAsync()).Except(before).Single();
    }

    /// <summary>Draws a link with the mouse, from the right handle of one step to the left one of another.</summary>
    public async Task ConnectAsync(string from, string to)
    {
        var source = await CenterAsync(Step(from).Locator(".react-flow__handle.source").First);
        var target = await CenterAsync(Step(to).Locator(".react-flow__handle.target").First);
        await page.Mouse.MoveAsync(source.X, source.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(target.X, target.Y, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    public async Task PublishAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Expect(Published).ToBeVisibleAsync();
    }

    /// <summary>Runs the published version with data, from the dialog.</summary>
    public async Task RunAsync(string payload)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.GetByLabel("Data", new() { Exact = true }).FillAsync(payload);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run v") }).ClickAsync();
    }

    public async Task<RunPage> OpenRunAsync()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Open run" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        return new RunPage(page);
    }

    private async Task<IReadOnlyList<string>> IdsAsync() =>
        await Steps.EvaluateAllAsync<string[]>("all => all.map(node => node.dataset.id)");

    private static async Task<(float X, float Y)> CenterAsync(ILocator locator)
    {
        var box = await locator.BoundingBoxAsync() ?? throw new InvalidOperationException("The handle is not on the page.");
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
