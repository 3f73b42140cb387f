using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>axe finds nothing on any page, in light and dark, with its menus, dialogs and sheets open, too.</summary>
public sealed class AccessibilityTests(StudioFixture studio) : BrowserTest(studio)
{
    private const int MostMenus = 6;

    private const string Asks = """
        {"name":"Discounts","status":"active","trigger":{"type":"webhook","event":"asked","config":{}},
        "nodes":[{"id":"ask","type":"approval","name":"Ask the boss","config":{"title":"Give a discount of 10 %?","message":"For Maria.","to":"","timeout":"2 days"}}],
        "link_connections":[{"from":"trigger","to":"ask"}]}
        """;

    private static readonly string Axe = File.ReadAllText(
        Path.Combine(Checkout.Root, "wwwroot-assets", "node_modules", "axe-core", "axe.min.js"));
    private static readonly string[] Pages = [
        "/studio", "/studio/workflows", "/studio/runs", "/studio/schedules", "/studio/calendar", "/studio/calendar/types",
        "/studio/calendar/hours", "/studio/invoices", "/studio/outbox", "/studio/notifications", "/studio/approvals", "/studio/contacts",
        "/studio/properties", "/studio/forms", "/studio/templates", "/studio/connections", "/studio/keys",
        "/studio/people", "/studio/audit", "/studio/account", "/studio/inbox", "/studio/documents",
        "/studio/runs/exe_none",
    ];

    // that somebody without a sign-in opens
    private static readonly string[] Outside =
        ["/sign-in/code", "/sign-in/code?way=recovery&error=wrong", "/forgot-password", "/account/join?token=none",
            "/account/new-password?token=none", "/sign-in"];

    private readonly List<string> findings = [];

    [Theory]
    [InlineData("standard", 1440)]
    [InlineData("standard-dark", 1440)]
    [InlineData("standard", 390)]
    public async Task EveryPage_HasNoFindings_MenusIncluded(string theme, int width)
    {
        var studio = await OpenAsync(theme, width);
        foreach (var path in Outside)
        {
            await studio.Page.GotoAsync(path);
            await CheckAsync(studio.Page, path);
        }

        await studio.SignInAsDemoOwnerAsync();
        await StartAsync();
        foreach (var path in Pages)
        {
            await studio.OpenAsync(path);
            await CheckAsync(studio.Page, path);
            await CheckMenusAsync(studio.Page, path);
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings.Distinct()));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("standard-dark")]
    public async Task EveryDialogAndSheet_HasNoFindings(string theme)
    {
        var studio = await OpenAsync(theme, 1440);
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.OpenWorkflowAsync("Intake & Service Recovery Program");
        await CheckAsync(page, "editor");
        await studio.OpenAsync($"/studio/workflows/{editor.WorkflowId}/trigger-log");
        await CheckAsync(page, "trigger log");
        editor = await studio.OpenWorkflowAsync("Intake & Service Recovery Program");
        await editor.SelectAsync("node_sms_review_generation_4");
        await Expect(editor.Field("Message")).ToBeVisibleAsync();
        await CheckAsync(page, "inspector");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await CheckDialogAsync(page, "run dialog");
        await editor.RunAsync(Checkout.Example("graph-webhook-payload.json"));
        var run = await editor.OpenRunAsync();
        await Expect(run.Status).ToContainTextAsync("Waits until");
        await run.Step("node_stripe_payment_connect_3").ClickAsync();
        await CheckAsync(page, "run");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        await CheckDialogAsync(page, "cancel dialog", close: false);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await CheckDialogAsync(page, "run again dialog");

        await studio.OpenRunAsync(await StartAsync());
        await Expect(run.Status).ToContainTextAsync("Waits for you");
        await CheckAsync(page, "run that asks");
        await run.WakeNowAsync();
        await CheckDialogAsync(page, "wake dialog");
        await page.GetByRole(AriaRole.List, new() { Name = "Open approvals of this run" })
            .GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(run.Status).ToContainTextAsync("Done");

        await studio.OpenAsync("/studio/workflows");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Discounts" }).First.ClickAsync();
        await page.Locator("[popover]:popover-open").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await CheckDialogAsync(page, "delete dialog");
        await studio.OpenAsync("/studio/schedules");
        await page.Locator("tbody a.name").First.ClickAsync();
        await CheckAsync(page, "schedule");

        await studio.OpenAsync("/studio/contacts");
        await page.Locator("tbody a.ws-row-link").First.ClickAsync();
        await CheckDialogAsync(page, "contact");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        { Name = "p.csv", MimeType = "text/csv", Buffer = "First name,Phone\nIda,713 555 0101\nNo,12\n"u8.ToArray() });
        await Expect(page.GetByText("cannot be taken").First).ToBeVisibleAsync();
        await CheckDialogAsync(page, "import");
        await studio.OpenAsync("/studio/calendar");
        await page.Locator("button.block").First.ClickAsync();
        await CheckDialogAsync(page, "appointment");
        await studio.OpenAsync("/studio/invoices");
        await page.GetByRole(AriaRole.Button, new() { Name = "New invoice" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the invoice" }).ClickAsync();
        await Expect(page.GetByText("Choose who pays.")).ToBeVisibleAsync();
        await CheckDialogAsync(page, "new invoice");
        await page.Locator("tbody a.ws-row-link").First.ClickAsync();
        foreach (var (button, place) in
            new[] { ("Note a payment", "payment"), ("Credit note", "credit note"), ("Change", "invoice change") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(2);
            await CheckAsync(page, place);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        }

        await CheckDialogAsync(page, "invoice sheet");
        await studio.OpenAsync("/studio/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(page.GetByText("A key needs a name")).ToBeVisibleAsync();
        await CheckDialogAsync(page, "key");
        await studio.OpenAsync("/studio/people");
        foreach (var button in (string[])["Make a role", "Add a member", "Invite by link"])
        {
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await CheckDialogAsync(page, button);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Invite by link" }).ClickAsync();
        await page.GetByLabel("E-mail address *").FillAsync($"axe-{theme}@example.test");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Viewer" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await page.Locator(".once code").TextContentAsync();
        await CheckDialogAsync(page, "invitation link");
        await CheckAsync(page, "people with an invitation");

        await studio.OpenAsync("/studio/inbox?view=all");
        await page.GetByRole(AriaRole.Listitem).Locator("a.row").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
        await CheckAsync(page, "conversation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByText("It has to be a phone number")).ToBeVisibleAsync();
        await CheckDialogAsync(page, "new conversation");
        await studio.OpenAsync("/studio/documents");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        { Name = $"axe {theme}.txt", MimeType = "text/plain", Buffer = "Total 12"u8.ToArray() });
        await page.GetByRole(AriaRole.Link, new() { Name = $"axe {theme}.txt" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the text" }).ClickAsync();
        await Expect(page.GetByLabel("The text of the document")).ToBeVisibleAsync();
        await CheckDialogAsync(page, "document");
        await studio.OpenAsync("/studio/outbox");
        await page.GetByRole(AriaRole.Listitem).Locator("a.row").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Message" })).ToBeVisibleAsync();
        await CheckAsync(page, "message");
        await studio.OpenInvoiceOfAsync("Maria Lopez");
        await CheckAsync(page, "invoice for the client");
        await page.Context.ClearCookiesAsync(new() { Name = "ws_session" });
        await page.GotoAsync(link!);
        await CheckAsync(page, "join");
        Assert.True(findings.Count == 0, string.Join('\n', findings.Distinct()));
    }

    private async Task<StudioPage> OpenAsync(string theme, int width)
    {
        var studio = await OpenWindowAsync();
        await studio.Page.SetViewportSizeAsync(width, 900);
        await studio.Page.Context.AddCookiesAsync([new() { Name = "WsTheme", Value = theme, Url = Server.Address.ToString() }]);
        await studio.Page.GotoAsync("/sign-in");
        return studio;
    }

    // every menu of the page, one of those that every row has
    private async Task CheckMenusAsync(IPage page, string place)
    {
        var menus = page.Locator("button[popovertarget]:not([popovertargetaction]):visible");
        var count = Math.Min(await menus.CountAsync(), MostMenus);
        for (var i = 0; i < count; i++)
        {
            await menus.Nth(i).ClickAsync();
            await Expect(page.Locator("[popover]:popover-open")).ToBeVisibleAsync();
            await CheckAsync(page, $"{place}, menu {i + 1}");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("[popover]:popover-open")).ToHaveCountAsync(0);
        }

        var sidebar = page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true });
        if (!await sidebar.IsVisibleAsync()) return;
        await sidebar.ClickAsync();
        await Expect(page.Locator(".sidebar-open")).ToBeVisibleAsync();
        await CheckAsync(page, $"{place}, sidebar");
    }

    private async Task CheckDialogAsync(IPage page, string place, bool close = true)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        await CheckAsync(page, place);
        if (close) await dialog.CloseByEscapeAsync();
    }

    private async Task CheckAsync(IPage page, string place)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(page.Locator(".ws-skeleton")).ToHaveCountAsync(0); // what the circuit brings is no load of the network
        await page.EvaluateAsync(Axe); // not as a script tag, which the page's own policy rightly refuses
        // what fades in has its colours once it is there
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().iterations !== "
            + "Infinity).map(a => a.finished.catch(() => {})))");
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations
              .map(v => v.impact + ' ' + v.id + ' at ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))
            """);
        findings.AddRange(found.EnumerateArray().Select(f => $"{place}: {f.GetString()}"));
    }

    // a run that waits for an approval
    private async Task<string> StartAsync()
    {
        var key = await Server.CommandAsync("keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workflows")
        { Content = new StringContent(Asks, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var made = await Server.Http.SendAsync(request);
        var workflow = JsonElement.Parse(await made.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var started = await Server.Http.PostAsync($"/api/v1/webhooks/{workflow}", body);
        return JsonElement.Parse(await started.Content.ReadAsStringAsync()).GetProperty("execution_id").GetString()!;
    }
}
