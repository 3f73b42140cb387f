using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>A key is made on its page, opens what it may and nothing more, and nothing once it is revoked.</summary>
public sealed class KeyTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Key_IsMade_ShownOnce_Used_AndRevoked()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make" }).First.ClickAsync();
        await ClickAsync(page, "Make the key");
        await Expect(page.GetByText("A key needs a name of at most 80 characters.")).ToBeVisibleAsync();
        await page.GetByLabel("Name *").FillAsync("<b>Journey</b>");
        await page.GetByLabel("Only from these networks").FillAsync("10.0.0.0/33");
        await page.GetByLabel("See workflows, their versions and schedules.").CheckAsync();
        await ClickAsync(page, "Make the key");
        await Expect(page.GetByText("\"10.0.0.0/33\" is no network.")).ToBeVisibleAsync();
        await page.GetByLabel("Only from these networks").FillAsync("");
        await ClickAsync(page, "Make the key");

        var key = await page.Locator(".once code").First.TextContentAsync();
        Assert.StartsWith("sk_", key, StringComparison.Ordinal);
        Assert.Equal((200, 403), (await StatusAsync(page, key!, "workflows"), await StatusAsync(page, key!, "invoices")));
        await ClickAsync(page, "I have kept it");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.DoesNotContain(key!, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke <b>Journey</b>" }).ClickAsync();
        await ClickAsync(page, "Revoke it");
        await Expect(page.GetByText("is revoked")).ToBeVisibleAsync();
        Assert.Equal(401, await StatusAsync(page, key!, "workflows"));
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task<int> StatusAsync(IPage page, string key, string what) => (await page.APIRequest.GetAsync(
        $"/api/v1/{what}", new() { Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" } })).Status;
}
