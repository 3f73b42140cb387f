using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>An owner makes a role, cannot lock everybody out, and reads in the log what was done.</summary>
public sealed class PeopleTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Role_IsMade_TheLastOwnerStays_AndTheLogTellsOfIt()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/people");
        await ClickAsync(page, "Make a role");
        await page.GetByLabel("Name *").FillAsync("owner");
        await ClickAsync(page, "Make the role");
        await Expect(page.GetByText("A role that allows nothing is of no use.")).ToBeVisibleAsync();
        await page.GetByLabel("See practice data").CheckAsync();
        await ClickAsync(page, "Make the role");
        await Expect(page.GetByText("There is a role owner already.")).ToBeVisibleAsync();
        await page.GetByLabel("Name *").FillAsync("<b>Front desk</b>");
        await ClickAsync(page, "Make the role");
        await Expect(page.GetByText("<b>Front desk</b>").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Change Dana Whitfield" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Owner" }).UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "<b>Front desk</b>" }).CheckAsync();
        await ClickAsync(page, "Save");
        await Expect(page.GetByText("This is the only owner of the workspace.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).CloseByEscapeAsync();

        await ClickAsync(page, "Add a member");
        await page.GetByLabel("E-mail address *").FillAsync("nobody@example.test");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Viewer" }).CheckAsync();
        await ClickAsync(page, "Add");
        await Expect(page.GetByText("Nobody signs in here with this address.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).CloseByEscapeAsync();

        await studio.OpenAsync("/studio/audit");
        await Expect(page.GetByText("Made the role “<b>Front desk</b>”")).ToBeVisibleAsync();
        await studio.OpenAsync("/studio/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the role" }).First.ClickAsync();
        await ClickAsync(page, "Remove");
        await ClickAsync(page, "Remove it");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Change the role" })).ToHaveCountAsync(0);
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
