using Microsoft.Playwright;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E;

/// <summary>A test in a browser of its own cookies. Errors of the page fail it.</summary>
[Collection(StudioCollection.Name)]
public abstract class BrowserTest(StudioFixture studio) : IAsyncLifetime
{
    private readonly List<string> errors = [];
    private readonly List<string> forgiven = [];
    private readonly List<IBrowserContext> contexts = [];

    /// <summary>The running studio.</summary>
    protected StudioProcess Server => studio.Studio;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var context in contexts) await context.DisposeAsync();
        errors.RemoveAll(e => forgiven.Exists(f => e.Contains(f, StringComparison.Ordinal)));
        Assert.Empty(errors);
    }

    /// <summary>An error of the page that the test itself brings about, by a part of its message.</summary>
    protected void Forgive(string error) => forgiven.Add(error);

    /// <summary>A new window with cookies of its own.</summary>
    /// <param name="server">The studio to open; null takes the shared one.</param>
    /// <param name="prefers">What the system prefers.</param>
    private protected async Task<StudioPage> OpenWindowAsync(StudioProcess? server = null, ColorScheme prefers = ColorScheme.Light)
    {
        var context = await studio.Browser.NewContextAsync(new()
        {
            BaseURL = (server ?? Server).Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = prefers,
        });
        contexts.Add(context);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => errors.Add(error);
        Assertions.SetDefaultExpectTimeout(60_000);
        return new StudioPage(page);
    }
}
