using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>A form is built, filled in by somebody who has nothing but its address, and starts a workflow.</summary>
public sealed class FormTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string Flow = """
        {"name":"Answer an intake","status":"active","trigger":{"type":"event","event":"form.submitted","config":{}},
        "nodes":[{"id":"said","type":"set","name":"Said","config":{"values":{"x":"{{ $initialPayload.message }}"}}}],
        "link_connections":[{"from":"trigger","to":"said"}]}
        """;

    [Fact]
    public async Task Form_IsBuiltOpenedFilledInAndSeen_AndStartsARun()
    {
        await MakeAsync();
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/forms");
        await page.GetByRole(AriaRole.Button, new() { Name = "New form" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Spring intake");
        var adding = page.GetByRole(AriaRole.Group, new() { Name = "Add a field" });
        await adding.GetByRole(AriaRole.Button, new() { Name = "Checkbox" }).ClickAsync();
        await page.GetByLabel("Label", new() { Exact = true }).FillAsync("You may call me");
        await page.GetByLabel("Label", new() { Exact = true }).BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move You may call me up" }).ClickAsync();
        await Expect(page.GetByText("Answer an intake")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the form" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close the form" })).ToBeVisibleAsync();
        var address = new Uri(await page.GetByLabel("Address of the form").InputValueAsync()).PathAndQuery;

        // somebody without an account, to whom the page says what is missing
        var guest = (await OpenWindowAsync()).Page;
        await guest.GotoAsync($"{address}?first_name=Ines");
        await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "Spring intake" })).ToBeVisibleAsync();
        await Expect(guest.GetByLabel("First name")).ToHaveValueAsync("Ines");
        // people are slower than that: the page was made before it was here, however long it was under way
        await guest.WaitForTimeoutAsync(2_100);
        await guest.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await guest.GetByRole(AriaRole.Link, new() { Name = "“E-mail” is missing." }).ClickAsync();
        await Expect(guest.GetByLabel("E-mail")).ToBeFocusedAsync();
        await guest.GetByLabel("E-mail").FillAsync("ines.ortega@example.test");
        await guest.GetByLabel("How can we help?").FillAsync("A rash.\nSince Monday.");
        await guest.GetByLabel("You may call me").CheckAsync();
        await guest.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(guest.GetByText("Thank you.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Submissions" }).ClickAsync();
        await page.Locator("a.ws-row-link").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("ines.ortega@example.test")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the run" }).ClickAsync();
        await Expect(page.GetByText("Answer an intake").First).ToBeVisibleAsync();

        await studio.OpenAsync("/studio/forms");
        await page.GetByRole(AriaRole.Link, new() { Name = "Spring intake" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the form" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open the form" })).ToBeVisibleAsync();
        await guest.GotoAsync(address);
        await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "This form is closed" })).ToBeVisibleAsync();
    }

    private async Task MakeAsync()
    {
        var key = await Server.CommandAsync("keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workflows")
        { Content = new StringContent(Flow, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await Server.Http.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }
}
