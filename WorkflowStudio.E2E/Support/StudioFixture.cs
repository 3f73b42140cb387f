using Microsoft.Playwright;

namespace WorkflowStudio.E2E.Support;

/// <summary>One running studio with its demo practice and one browser, shared by the browser tests.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    private IPlaywright? playwright;

    public StudioProcess Studio { get; } = new();

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Studio.StartAsync();
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
        await Studio.DisposeAsync();
    }
}

/// <summary>The browser tests share the fixture and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StudioCollection : ICollectionFixture<StudioFixture>
{
    public const string Name = "studio";
}
