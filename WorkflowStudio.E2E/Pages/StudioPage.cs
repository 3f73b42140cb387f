using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E.Pages;

/// <summary>A browser window on the studio: signing in and getting about.</summary>
internal sealed class StudioPage(IPage page)
{
    public IPage Page => page;

    public async Task SignInAsDemoOwnerAsync()
    {
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in as the demo owner" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Dana");
    }

    /// <summary>Opens a page and waits until it answers to clicks: what is drawn before the circuit stands does not.</summary>
    public async Task OpenAsync(string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("[data-live=true]")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();
    }

    /// <summary>Leaves by a link of the studio itself, without loading a page.</summary>
    public async Task LeaveByLinkAsync(string name)
    {
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<StudioPage> AnotherTabAsync()
    {
        var tab = await page.Context.NewPageAsync();
        tab.SetDefaultTimeout(60_000);
        return new StudioPage(tab);
    }

    public async Task<EditorPage> OpenWorkflowAsync(string name)
    {
        await OpenAsync("/studio/workflows");
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();
        return await EditorPage.ReadyAsync(page);
    }

    public async Task<EditorPage> NewWorkflowAsync()
    {
        await OpenAsync("/studio/workflows");
        await page.GetByRole(AriaRole.Button, new() { Name = "New workflow" }).First.ClickAsync();
        return await EditorPage.ReadyAsync(page);
    }

    public async Task<RunPage> OpenRunAsync(string id)
    {
        await OpenAsync("/studio/runs/" + id);
        return new RunPage(page);
    }

    /// <summary>The rows of the list of runs, newest first.</summary>
    public ILocator Runs => page.Locator("tbody tr");

    public async Task<InvoicePage> OpenInvoiceOfAsync(string contact)
    {
        await OpenAsync("/studio/invoices");
        await page.Locator("tbody tr").Filter(new() { HasText = contact }).First.GetByRole(AriaRole.Link).ClickAsync();
        var client = page.GetByRole(AriaRole.Link, new() { Name = "Client's page" });
        var address = await client.GetAttributeAsync("href")
            ?? throw new InvalidOperationException("The invoice has no page for the client.");
        await page.GotoAsync(address);
        return new InvoicePage(page);
    }

    /// <summary>Opens the link to an approval, as somebody without an account does.</summary>
    public async Task<ApprovalPage> OpenApprovalAsync(string path)
    {
        await page.GotoAsync(path);
        return new ApprovalPage(page);
    }

    /// <summary>The text of the newest message of the outbox.</summary>
    public async Task<string> NewestMessageAsync()
    {
        await OpenAsync("/studio/outbox");
        await page.GetByRole(AriaRole.Listitem).Locator("a.row").First.ClickAsync();
        return await page.GetByRole(AriaRole.Article, new() { Name = "Message" }).InnerTextAsync();
    }
}
