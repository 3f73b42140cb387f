using System.Text.Json;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>axe finds nothing serious on any page, in light and dark.</summary>
public sealed class AccessibilityTests(StudioFixture studio) : BrowserTest(studio)
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Checkout.Root, "wwwroot-assets", "node_modules", "axe-core", "axe.min.js"));
    private static readonly string[] Pages = ["/", "/workflows", "/runs", "/schedules", "/calendar", "/invoices", "/outbox", "/approvals"];

    [Theory]
    [InlineData("standard")]
    [InlineData("standard-dark")]
    public async Task EveryPage_HasNothingSerious(string theme)
    {
        var studio = await OpenWindowAsync();
        await studio.Page.Context.AddCookiesAsync([new() { Name = "WsTheme", Value = theme, Url = Server.Address.ToString() }]);
        await studio.Page.GotoAsync("/sign-in");
        var findings = new List<string>(await FindingsAsync(studio.Page));
        await studio.SignInAsDemoOwnerAsync();
        foreach (var path in Pages)
        {
            await studio.OpenAsync(path);
            await Expect(studio.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
            findings.AddRange(await FindingsAsync(studio.Page));
        }

        var editor = await studio.OpenWorkflowAsync("Intake & Service Recovery Program");
        findings.AddRange(await FindingsAsync(studio.Page));
        await studio.OpenAsync($"/workflows/{editor.WorkflowId}/trigger-log");
        findings.AddRange(await FindingsAsync(studio.Page));
        editor = await studio.OpenWorkflowAsync("Intake & Service Recovery Program");
        await editor.SelectAsync("node_sms_review_generation_4");
        await Expect(editor.Field("Message")).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(studio.Page));
        await editor.RunAsync(Checkout.Example("graph-webhook-payload.json"));
        var run = await editor.OpenRunAsync();
        await Expect(run.Status).ToContainTextAsync("Waits until");
        await run.Step("node_stripe_payment_connect_3").ClickAsync();
        findings.AddRange(await FindingsAsync(studio.Page));
        await studio.OpenInvoiceOfAsync("Maria Lopez");
        findings.AddRange(await FindingsAsync(studio.Page));
        Assert.Empty(findings);
    }

    private static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.EvaluateAsync(Axe); // not as a script tag, which the page's own policy rightly refuses
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => location.pathname + ': ' + v.id + ' at ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))
            """);
        return [.. found.EnumerateArray().Select(f => f.GetString()!)];
    }
}
